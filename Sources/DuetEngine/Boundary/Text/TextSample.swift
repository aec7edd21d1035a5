// The short reviews that come with the app, so that the page works without a file. Any thread, not the main one.

import Foundation

public enum TextSample {
  static let file = "data/boundary/reviews.tsv"

  /// - Throws: `TextError`.
  public static func set() throws(TextError) -> TextSet {
    guard let url = DataFiles.url(file) else { throw .unreadable(name: "reviews.tsv") }
    var set = try TextSet.read(url)
    set.name = L("Sample reviews")
    return set
  }
}
