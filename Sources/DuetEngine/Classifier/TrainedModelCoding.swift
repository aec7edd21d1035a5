// A model as bytes for the project file, and back. A project may come from anybody, so nothing in the
// bytes is believed: every size is checked before memory is taken and every number before it is used.
// Values; any thread.
//
// version u8 | kind u8 | has a familiarity test u8 | 0 | categories u32 | photos u32 | dimension u32 |
// temperature f64 | category ids i64... | rows of each category u32... | photo ids i64... | features f32... |
// with a familiarity test: threshold f64, familiarities f32... |
// logistic regression: penalty f64, intercepts f64..., weights f32... |
// support vector machines: gamma f64, for each pair: rho f64, slope f64, shift f64, coefficients f64...

import Foundation

extension TrainedModel {
  /// 1 had no logistic regression; its models are still read (TrainedModelCoding1.swift).
  static let version: UInt8 = 2
  static let mostCategories = 1_000
  static let mostPhotos = 1_000_000
  static let largestDimension = 65_536

  /// The compact binary form that `init(decoding:)` reads.
  public func encoded() throws -> Data {
    var out = ModelWriter()
    out.put(Self.version)
    switch kind {
    case .standard: out.put(UInt8(0))
    case .svm: out.put(UInt8(1))
    case .paper: out.put(UInt8(2))
    }
    out.put(familiarity == nil ? UInt8(0) : 1)
    out.put(UInt8(0))
    for count in [categories.count, photos.count, dimension] { out.put(UInt32(count)) }
    out.put(temperature)
    for category in categories { out.put(category.rawValue) }
    for index in categories.indices { out.put(UInt32(starts[index + 1] - starts[index])) }
    for photo in photos { out.put(photo.rawValue) }
    out.put(features)
    if let familiarity {
      out.put(familiarity.threshold)
      out.put(familiarity.familiarities)
    }
    switch scorer {
    case .weights(let regression):
      out.put(regression.penalty)
      for intercept in regression.intercepts { out.put(intercept) }
      out.put(regression.weights)
    case .machines(let machines):
      out.put(machines.gamma)
      for pair in machines.pairs {
        for number in [pair.rho, pair.sigmoid?.slope ?? 0, pair.sigmoid?.shift ?? 0] + pair.coefficients {
          out.put(number)
        }
      }
    }
    return out.data
  }

  /// - Throws: `TrainingError.unreadableModel` unless the bytes are exactly one model of a version known here.
  public init(decoding data: Data) throws {
    var input = ModelReader(data)
    switch try input.next(UInt8.self) {
    case 1: try self.init(version1: &input)
    case Self.version: try self.init(current: &input)
    default: throw TrainingError.unreadableModel
    }
  }

  private init(current input: inout ModelReader) throws {
    let kind: ClassifierKind
    switch try input.next(UInt8.self) {
    case 0: kind = .standard
    case 1: kind = .svm
    case 2: kind = .paper
    default: throw TrainingError.unreadableModel
    }
    let hasTest = try input.flag()
    guard try input.next(UInt8.self) == 0 else { throw TrainingError.unreadableModel }
    let (k, n, dimension) = try input.sizes()
    // None of these products can overflow within the limits above.
    let scorerSize = kind == .standard ? 8 + k * 8 + k * dimension * 4 : 8 + input.pairsSize(k, n)
    let rest = 8 + k * 12 + n * 8 + n * dimension * 4 + (hasTest ? 8 + n * 4 : 0) + scorerSize
    guard input.remaining == rest else { throw TrainingError.unreadableModel }

    let temperature = try input.temperature()
    let layout = try input.layout(k, n)
    let features = try input.floats(n * dimension)
    var familiarity: FamiliarityTest?
    if hasTest {
      let threshold = try input.number()
      familiarity = FamiliarityTest(familiarities: try input.floats(n), threshold: threshold)
    }
    let scorer: Scorer
    if kind == .standard {
      let penalty = try input.number()
      guard penalty > 0 else { throw TrainingError.unreadableModel }
      let intercepts = try (0..<k).map { _ in try input.number() }
      scorer = .weights(
        LogisticWeights(weights: try input.floats(k * dimension), intercepts: intercepts, penalty: penalty))
    } else {
      let gamma = try input.gamma()
      let pairs = try input.pairs(kind, k, layout.starts)
      scorer = .machines(
        SupportVectorMachines(gamma: gamma, pairs: pairs, features: features, dimension: dimension))
    }
    self.init(
      kind: kind, categories: layout.categories, dimension: dimension, starts: layout.starts,
      photos: layout.photos, features: features, scorer: scorer, temperature: temperature,
      familiarity: familiarity)
  }
}

extension TrainedModel: Codable {
  public init(from decoder: any Decoder) throws {
    try self.init(decoding: try decoder.singleValueContainer().decode(Data.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(try encoded())
  }
}
