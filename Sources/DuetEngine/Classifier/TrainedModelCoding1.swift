// Models of the first version, as projects from before logistic regression hold them: read, never written.
// Its standard recipe is today's `svm`, its test for unknown photos a plain mean cosine. Values; any thread.
//
// version u8 | kind u8 | has a threshold u8 | 0 | categories u32 | photos u32 | dimension u32 |
// gamma f64 | temperature f64 | threshold f64 | category ids i64... | rows of each category u32... |
// photo ids i64... | features f32... | for each pair: rho f64, slope f64, shift f64, coefficients f64...

import Foundation

extension TrainedModel {
  /// The bytes after the version.
  init(version1 input: inout ModelReader) throws {
    let kind: ClassifierKind
    switch try input.next(UInt8.self) {
    case 0: kind = .svm
    case 1: kind = .paper
    default: throw TrainingError.unreadableModel
    }
    let hasThreshold = try input.flag()
    guard try input.next(UInt8.self) == 0 else { throw TrainingError.unreadableModel }
    let (k, n, dimension) = try input.sizes()
    let rest = 24 + k * 12 + n * 8 + n * dimension * 4 + input.pairsSize(k, n)
    guard input.remaining == rest else { throw TrainingError.unreadableModel }

    let gamma = try input.gamma()
    let temperature = try input.temperature()
    let threshold = try input.number()
    let layout = try input.layout(k, n)
    let features = try input.floats(n * dimension)
    let pairs = try input.pairs(kind, k, layout.starts)
    let none = [Float](repeating: 0, count: n)
    self.init(
      kind: kind, categories: layout.categories, dimension: dimension, starts: layout.starts,
      photos: layout.photos, features: features,
      scorer: .machines(SupportVectorMachines(gamma: gamma, pairs: pairs, features: features, dimension: dimension)),
      temperature: temperature,
      familiarity: hasThreshold ? FamiliarityTest(familiarities: none, threshold: threshold) : nil)
  }
}

/// The parts that both versions share.
extension ModelReader {
  mutating func flag() throws -> Bool {
    let value = try next(UInt8.self)
    guard value <= 1 else { throw TrainingError.unreadableModel }
    return value == 1
  }

  mutating func sizes() throws -> (categories: Int, photos: Int, dimension: Int) {
    let k = try count(in: 2...TrainedModel.mostCategories)
    let n = try count(in: k...TrainedModel.mostPhotos)
    return (k, n, try count(in: 1...TrainedModel.largestDimension))
  }

  mutating func gamma() throws -> Double {
    let value = try number()
    guard value > 0 else { throw TrainingError.unreadableModel }
    return value
  }

  mutating func temperature() throws -> Double {
    let value = try number()
    guard value >= Temperature.lowest, value <= Temperature.highest else { throw TrainingError.unreadableModel }
    return value
  }

  mutating func layout(_ k: Int, _ n: Int) throws -> (categories: [CategoryID], starts: [Int], photos: [PhotoID]) {
    let categories = try (0..<k).map { _ in CategoryID(try next(Int64.self)) }
    var starts = [0]
    for _ in 0..<k { starts.append((starts.last ?? 0) + (try count(in: 1...n))) }
    guard Set(categories).count == k, starts.last == n else { throw TrainingError.unreadableModel }
    return (categories, starts, try (0..<n).map { _ in PhotoID(try next(Int64.self)) })
  }

  /// Bytes of all pairs: every category's rows stand in k - 1 of them.
  func pairsSize(_ k: Int, _ n: Int) -> Int { k * (k - 1) / 2 * 24 + n * (k - 1) * 8 }

  mutating func pairs(_ kind: ClassifierKind, _ k: Int, _ starts: [Int]) throws -> [PairwiseClassifier] {
    let cost = SupportVectorTrainer.cost(kind)
    var pairs: [PairwiseClassifier] = []
    for (first, second) in PairwiseClassifier.pairs(of: k) {
      let rows = starts[first + 1] - starts[first] + starts[second + 1] - starts[second]
      let rho = try number()
      let sigmoid = PlattSigmoid(slope: try number(), shift: try number())
      guard kind != .paper || sigmoid.slope < 0 else { throw TrainingError.unreadableModel }
      var coefficients: [Double] = []
      for _ in 0..<rows {
        let value = try number()
        guard abs(value) <= cost else { throw TrainingError.unreadableModel }
        coefficients.append(value)
      }
      pairs.append(
        PairwiseClassifier(
          first: first, second: second, coefficients: coefficients, rho: rho,
          sigmoid: kind == .paper ? sigmoid : nil))
    }
    return pairs
  }
}
