// An experiment with a known answer: every category gets a sticker of its own colour, the model learns the stickers,
// and a person marks some of them as "this does not matter". Pure functions; any thread but the main one.
// Everything goes the way it goes in a project: copies as JPEG, a painted region, its replacements, the trainer.

import Foundation

/// A coloured disc on a photo.
struct Sticker: Sendable, Equatable {
  enum Place: Sendable, Equatable {
    /// All of it inside what the network sees: the middle, from 0 to 1 in both directions.
    case inside(x: Double, y: Double)
    /// Its middle on a corner, 0 to 3, of what the network sees: a quarter of it is seen.
    case corner(Int)
  }

  /// Diameter as a share of the photo's shorter side.
  let size: Double
  let place: Place
  /// Which of ``colours``.
  var colour = 0

  /// Ten colours that are told apart at a glance.
  static let colours: [[UInt8]] = [
    [230, 25, 75], [60, 180, 75], [255, 225, 25], [0, 90, 230], [245, 130, 48], [145, 30, 180], [70, 240, 240],
    [240, 50, 230], [128, 128, 0], [20, 20, 20],
  ]
  /// How far beyond the sticker's edge a hand with a brush paints.
  private static let brushOvershoot = 1.1

  func put(on image: RGBImage) -> RGBImage {
    image.painting(disc(image.width, image.height, times: 1), Self.colours[colour])
  }

  /// What somebody paints over who marks the sticker.
  func mark(width: Int, height: Int) -> RegionMask { disc(width, height, times: Self.brushOvershoot) }

  private func disc(_ width: Int, _ height: Int, times factor: Double) -> RegionMask {
    let side = Double(min(width, height))
    let seen = side * CounterfactualPictures.visibleShare
    let radius = size / 2 * side
    let offset: (x: Double, y: Double) =
      switch place {
      case .inside(let x, let y): ((x - 0.5) * (seen - 2 * radius), (y - 0.5) * (seen - 2 * radius))
      case .corner(let index): (index % 2 == 0 ? -seen / 2 : seen / 2, index / 2 == 0 ? -seen / 2 : seen / 2)
      }
    var strokes = BrushStrokes(width: width, height: height)
    let middle = BrushStroke.Point(x: Double(width) / 2 + offset.x, y: Double(height) / 2 + offset.y)
    strokes.begin(BrushStroke(radius: radius * factor, from: middle))
    return strokes.region
  }
}

/// The experiment's protocol.
public struct PlantedConfound: Sendable {
  /// Photos of a category that are trained on; the others are tested on.
  public let perCategory: Int
  /// Photos of a category whose sticker is marked.
  public let marked: Int
  /// The sticker's diameter as a share of the photo's shorter side.
  public let size: Double
  public let repeats: Int
  public let seed: UInt64

  /// - Precondition: `1 <= marked <= perCategory`, `repeats` at least 1, `size` above 0 and at most 0.8.
  public init(perCategory: Int = 40, marked: Int = 10, size: Double = 0.5, repeats: Int = 10, seed: UInt64 = 0) {
    precondition((1...perCategory).contains(marked) && repeats >= 1 && size > 0 && size <= 0.8)
    self.perCategory = perCategory
    self.marked = marked
    self.size = size
    self.repeats = repeats
    self.seed = seed
  }

  /// One photo of the experiment.
  public struct Subject: Sendable {
    public let name: String
    /// Index of its category.
    public let label: Int
    /// A project's copy.
    public let copy: Data

    public init(name: String, label: Int, copy: Data) {
      self.name = name
      self.label = label
      self.copy = copy
    }
  }

  /// Share of right answers of every repetition, 0 to 1.
  public struct Outcome: Sendable, Equatable {
    /// No stickers anywhere.
    public internal(set) var clean: [Double] = []
    /// No stickers, but as many regions of background marked: a corner of each photo.
    public internal(set) var cleanMarked: [Double] = []
    /// No stickers, but as many regions of a sticker's size marked anywhere, most of them on the thing itself: what
    /// marks cost that are wrong.
    public internal(set) var mismarked: [Double] = []
    /// Stickers of any colour on all photos: they hide something and say nothing.
    public internal(set) var neutral: [Double] = []
    /// A colour for each category in training, any colour in the test.
    public internal(set) var confounded: [Double] = []
    /// The same, with marks.
    public internal(set) var recovered: [Double] = []

    /// What the confound took and the marks gave back, 1 for all; nil where it took nothing.
    public var recoveredShare: Double? {
      let lost = Self.mean(neutral) - Self.mean(confounded)
      return lost > 0 ? (Self.mean(recovered) - Self.mean(confounded)) / lost : nil
    }
    /// Accuracy that marks cost where there was nothing to put right.
    public var cleanCost: Double { Self.mean(clean) - Self.mean(cleanMarked) }
    /// The same where the marks were wrong.
    public var mismarkedCost: Double { Self.mean(clean) - Self.mean(mismarked) }

    public static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }

    /// The standard error of the mean; 0 for one value.
    public static func standardError(_ values: [Double]) -> Double {
      guard values.count > 1 else { return 0 }
      let mean = mean(values)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
      return (variance / Double(values.count)).squareRoot()
    }
  }
}
