// Which photos of a category are shown to an assistant: up to 50, at random, the same ones every time.
// Values; any thread. The seed is stored in the project, so a study can be repeated exactly.

public enum ContactSheetChoice {
  /// The most photos on one sheet, as in the paper.
  public static let limit = 50

  /// Up to ``limit`` photos of `category`, chosen without replacement by `seed`, in the category's order.
  ///
  /// Depends on the seed, the category's id and the photos alone, so every category has its own
  /// choice and asking twice gives the same sheet.
  public static func photos(of category: Category, seed: UInt64) -> [Photo] {
    guard category.photos.count > limit else { return category.photos }
    var generator = SplitMix64(seed: seed ^ (UInt64(bitPattern: category.id.rawValue) &* 0xD6E8_FEB8_6659_FD93))
    let ids = category.photos.map(\.id).sorted()
    let chosen = Set(generator.permutation(ids.count).prefix(limit).map { ids[$0] })
    return category.photos.filter { chosen.contains($0.id) }
  }
}
