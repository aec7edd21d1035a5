// The pictures of a turn as JPEG, in the order in which a model sees them, and the rule that keeps a request small.
// A value; any thread but the main one where pictures are made smaller.
//
// The rule: all pictures of one request together have at most `budget` bytes. Where they have more, each is encoded
// again with a lower quality; then each is shrunk to half its sides; then the last ones are left out, and a note says so.

import Foundation

public struct TurnPictures: Sendable, Equatable {
  /// A contact sheet, the test photo, or a picture that the user attached.
  public struct Picture: Sendable, Equatable {
    public var jpeg: Data
    /// Every single photo that it shows, for the ledger.
    public var photos: [SentPhoto]

    public init(jpeg: Data, photos: [SentPhoto]) {
      self.jpeg = jpeg
      self.photos = photos
    }
  }

  public var all: [Picture]
  /// False when the owner has not agreed to send photos; then there are none.
  public var allowed: Bool
  /// The model cannot look at pictures, so they were left out.
  public var isUnseen = false
  /// What a reply to these pictures has to do without.
  public var notes: [ReplyNote] = []

  public init(_ all: [Picture] = [], allowed: Bool) {
    self.all = all
    self.allowed = allowed
  }

  /// Bytes of all pictures of one request before they become text; as text they are a third longer.
  public static let budget = 4_000_000
  private static let lowQuality = 65

  /// Every single photo in the request.
  public var photos: [SentPhoto] { all.flatMap(\.photos) }
  var size: Int { all.reduce(0) { $0 + $1.jpeg.count } }

  /// The same turn for a model that cannot look at pictures.
  var unseen: TurnPictures {
    var words = TurnPictures(allowed: allowed)
    words.isUnseen = true
    words.notes = notes.filter { $0 != .fewerPictures } + (all.isEmpty ? [] : [.withoutPictures])
    return words
  }

  /// The first pictures alone, for a server that takes no more.
  func first(_ limit: Int) -> TurnPictures {
    guard all.count > limit else { return self }
    var fewer = self
    fewer.all = Array(all.prefix(limit))
    if !fewer.notes.contains(.fewerPictures) { fewer.notes.append(.fewerPictures) }
    return fewer
  }

  /// The same pictures within `budget`, by the rule at the top of this file.
  func fitted(budget: Int = budget) -> TurnPictures {
    var fitted = self
    for shrink in [1, 2] where fitted.size > budget {
      fitted.all = fitted.all.map { Self.smaller($0, sides: shrink) }
    }
    var room = budget
    let kept = fitted.all.prefix { picture in
      room -= picture.jpeg.count
      return room >= 0
    }
    guard kept.count < all.count else { return fitted }
    fitted.all = Array(kept)
    fitted.notes.append(.fewerPictures)
    return fitted
  }

  /// Encoded again where that makes it smaller; what cannot be read stays as it is.
  private static func smaller(_ picture: Picture, sides: Int) -> Picture {
    guard let pixels = try? PhotoDecoder.decode(picture.jpeg, name: "", maxSide: nil) else { return picture }
    let (width, height) = (max(1, pixels.width / sides), max(1, pixels.height / sides))
    let resized = sides == 1 ? pixels : pixels.resized(width: width, height: height, filter: .bicubic)
    guard let jpeg = try? resized.jpeg(quality: lowQuality), jpeg.count < picture.jpeg.count else { return picture }
    return Picture(jpeg: jpeg, photos: picture.photos)
  }
}
