// An experiment with a known answer: every category gets a sticker of its own colour, the model learns the stickers,
// and a person marks some of them as "this does not matter". Pure functions; any thread but the main one.
// Everything goes the way it goes in a project: copies as JPEG, a painted region, its replacements, the trainer.

import Foundation

/// A coloured disc on a photo.
struct Sticker: Sendable, Equatable {
  /// Diameter as a share of the photo's shorter side.
  let size: Double
  /// Where in the visible square, 0 to 1 in both directions.
  let place: (x: Double, y: Double)
  /// Which of ``colours``.
  let colour: Int

  static func == (a: Sticker, b: Sticker) -> Bool {
    a.size == b.size && a.place == b.place && a.colour == b.colour
  }

  /// Ten colours that are told apart at a glance.
  static let colours: [[UInt8]] = [
    [230, 25, 75], [60, 180, 75], [255, 225, 25], [0, 90, 230], [245, 130, 48], [145, 30, 180], [70, 240, 240],
    [240, 50, 230], [128, 128, 0], [20, 20, 20],
  ]
  /// How far beyond the sticker's edge a hand with a brush paints.
  private static let brushOvershoot = 1.1

  /// Centre and radius in pixels; the whole sticker is inside what the network sees.
  private func disc(_ width: Int, _ height: Int) -> (x: Double, y: Double, radius: Double) {
    let side = Double(min(width, height))
    let radius = size / 2 * side
    let room = max(0, side * CounterfactualPictures.visibleShare - 2 * radius)
    return (
      Double(width) / 2 + (place.x - 0.5) * room, Double(height) / 2 + (place.y - 0.5) * room, radius
    )
  }

  func put(on image: RGBImage) -> RGBImage {
    let disc = disc(image.width, image.height)
    let region = Self.region(disc, width: image.width, height: image.height)
    return image.painting(region, Self.colours[colour])
  }

  /// What somebody paints over who marks the sticker.
  func mark(width: Int, height: Int) -> RegionMask {
    let disc = disc(width, height)
    return Self.region((disc.x, disc.y, disc.radius * Self.brushOvershoot), width: width, height: height)
  }

  private static func region(_ disc: (x: Double, y: Double, radius: Double), width: Int, height: Int) -> RegionMask {
    var strokes = BrushStrokes(width: width, height: height)
    strokes.begin(BrushStroke(radius: disc.radius, from: .init(x: disc.x, y: disc.y)))
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
    /// No stickers, but as many regions marked.
    public internal(set) var cleanMarked: [Double] = []
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
