// The pictures of a turn, already as JPEG, in the order in which a model sees them. A value; any thread.

import Foundation

public struct TurnPictures: Sendable, Equatable {
  public var sheets: [ContactSheet]
  public var testPhoto: Data?
  /// What the user attached to the question.
  public var attached: [Data] = []
  /// False when the owner has not agreed to send photos; then there are none.
  public var allowed: Bool
  /// The model cannot look at pictures, so they were left out.
  public var isUnseen = false
  /// What a reply to these pictures had to do without.
  public var notes: [ReplyNote] = []

  public init(sheets: [ContactSheet] = [], testPhoto: Data? = nil, allowed: Bool) {
    self.sheets = sheets
    self.testPhoto = testPhoto
    self.allowed = allowed
  }

  public var all: [Data] { sheets.map(\.jpeg) + [testPhoto].compactMap { $0 } + attached }
  public var count: Int { sheets.count + (testPhoto == nil ? 0 : 1) + attached.count }

  /// Single photos that a request with these pictures shows, for the ledger.
  public var photoCount: Int {
    sheets.reduce(0) { $0 + $1.photoCount } + (testPhoto == nil ? 0 : 1) + attached.count
  }

  /// The same turn for a model that cannot look at pictures.
  var unseen: TurnPictures {
    var words = TurnPictures(allowed: allowed)
    words.isUnseen = true
    words.notes = notes.filter { $0 != .fewerPictures }
    return words
  }
}
