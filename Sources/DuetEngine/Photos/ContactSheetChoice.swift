// Which photos of a category are shown to an assistant: up to 50, at random, the same ones every time.
// Values; any thread. The seed is stored in the project, so a study can be repeated exactly.

/// Steele, Lea and Flood's SplitMix64: a tiny generator whose numbers are the same on every machine.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

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
    let chosen = Set(category.photos.map(\.id).sorted().shuffled(using: &generator).prefix(limit))
    return category.photos.filter { chosen.contains($0.id) }
  }
}
