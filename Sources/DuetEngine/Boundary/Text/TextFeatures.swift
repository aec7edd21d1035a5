// Texts as points: TF-IDF of their terms, projected on the few directions in which the loaded texts differ most.
// A value that never changes once fitted; any thread. Fitting reads texts only, never labels.

import COpenBLAS
import Foundation

/// Latent semantic features of a text.
///
/// With `tf` the count of a term in the text, `n` texts of which `df` have the term:
/// `z = (1 + ln tf) (ln((1 + n) / (1 + df)) + 1)`, projected `p = V' z` with the truncated SVD of the texts'
/// unit-length `z` (Deerwester et al., "Indexing by latent semantic analysis", 1990), then `x = (p / |p| - mean) / scale`, where
/// `mean` and `scale` give the fitted texts mean zero and a root mean square length of one.
/// Words that only edits have get an axis of their own beside the directions: an edited copy repeats nearly all of its
/// review, so copies would turn the directions away from what reviews differ in.
public struct TextFeatures: Sendable {
  public static let standardDimension = 50
  /// A term that fewer texts use tells little about other texts; in small sets every term counts.
  private static let leastTexts = 3
  private static let smallSet = 200
  /// The most frequent terms are kept.
  private static let mostTerms = 20_000
  /// So many words that only edits have get an axis; the most frequent ones.
  private static let mostNewTerms = 64

  /// Numbers a text becomes.
  public private(set) var dimension: Int
  private var terms: [String: Int]
  private var idf: [Double]
  /// terms x dimension, row-major.
  private var directions: [Double]
  private var mean: [Double]
  private var scale = 1.0

  public var termCount: Int { terms.count }

  /// - Parameters:
  ///   - texts: what the vocabulary, the weights of terms and the directions are taken from.
  ///   - edits: texts whose words are known too.
  /// - Throws: `TextError.noWords`.
  public init(
    fittedOn texts: [String], edits: [String] = [], dimension wanted: Int = TextFeatures.standardDimension,
    seed: UInt64 = 0
  ) throws(TextError) {
    let counted = texts.map { TextCounts($0).counts }
    var frequency: [String: Int] = [:]
    for counts in counted {
      for term in counts.keys { frequency[term, default: 0] += 1 }
    }
    let least = texts.count < Self.smallSet ? 1 : Self.leastTexts
    // By frequency, then by name: dictionaries have no order of their own.
    let kept = frequency.filter { $0.value >= least }
      .sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(Self.mostTerms)
    guard !kept.isEmpty else { throw .noWords }
    terms = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1.key, $0) })
    idf = kept.map { log(Double(1 + texts.count) / Double(1 + $0.value)) + 1 }

    var matrix = SparseRows(columns: kept.count)
    for counts in counted { matrix.append(Self.unitLength(Self.weights(counts, terms, idf))) }
    let svd = TruncatedSVD.directions(of: matrix, dimension: wanted, seed: seed)
    dimension = svd.singularValues.count
    guard dimension > 0 else { throw .noWords }
    directions = svd.vectors
    mean = [Double](repeating: 0, count: dimension)
    centre(matrix)
    addAxes(edits, texts.count)
  }

  private mutating func addAxes(_ edits: [String], _ textCount: Int) {
    var frequency: [String: Int] = [:]
    for edit in edits {
      for term in TextCounts(edit).counts.keys where terms[term] == nil { frequency[term, default: 0] += 1 }
    }
    let new = frequency.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(Self.mostNewTerms)
    guard !new.isEmpty else { return }
    let (old, width) = (dimension, dimension + new.count)
    var wider = [Double](repeating: 0, count: (idf.count + new.count) * width)
    for term in idf.indices {
      wider.replaceSubrange(term * width..<term * width + old, with: directions[term * old..<(term + 1) * old])
    }
    for (place, term) in new.enumerated() {
      terms[term.key] = idf.count
      wider[idf.count * width + old + place] = 1
      idf.append(log(Double(1 + textCount) / Double(1 + min(term.value, textCount))) + 1)
    }
    directions = wider
    dimension = width
    mean += [Double](repeating: 0, count: new.count)
  }

  private mutating func centre(_ matrix: SparseRows) {
    let width = dimension
    var points = matrix.product(directions, width: width)
    var known = 0.0
    points.withUnsafeMutableBufferPointer { points in
      guard let base = points.baseAddress else { return }
      for row in 0..<matrix.count {
        let length = cblas_dnrm2(blasint(width), base + row * width, 1)
        guard length > 0 else { continue }
        known += 1
        cblas_dscal(blasint(width), 1 / length, base + row * width, 1)
        cblas_daxpy(blasint(width), 1, base + row * width, 1, &mean, 1)
      }
    }
    cblas_dscal(blasint(width), 1 / max(known, 1), &mean, 1)
    // Points have length one, so their mean square distance from the mean is 1 - |mean|².
    let spread = 1 - cblas_ddot(blasint(width), mean, 1, mean, 1)
    scale = spread > 1e-9 ? spread.squareRoot() : 1
  }

  /// `x` of a text; zeros, the middle of all texts, where it has no known term.
  public func point(_ text: String) -> [Double] { point(TextCounts(text)) }

  func point(_ counts: TextCounts) -> [Double] {
    var point = projection(counts)
    let length = cblas_dnrm2(blasint(dimension), point, 1)
    guard length > 0 else { return point }
    for index in point.indices { point[index] = (point[index] / length - mean[index]) / scale }
    return point
  }

  public func knows(_ term: String) -> Bool { terms[term] != nil }

  /// What each known term of a text adds to `w x`, and what is there without any; they sum up to `w x` exactly.
  func shares(of counts: TextCounts, weights: [Double]) -> (terms: [String: Double], rest: Double) {
    let length = cblas_dnrm2(blasint(dimension), projection(counts), 1)
    guard length > 0 else { return ([:], 0) }
    var shares: [String: Double] = [:]
    for (term, count) in counts.counts {
      guard let index = terms[term] else { continue }
      let weight = directions.withUnsafeBufferPointer { directions in
        directions.baseAddress.map { cblas_ddot(blasint(dimension), $0 + index * dimension, 1, weights, 1) } ?? 0
      }
      shares[term] = Self.weight(count, idf[index]) * weight / (length * scale)
    }
    return (shares, -cblas_ddot(blasint(dimension), weights, 1, mean, 1) / scale)
  }

  private func projection(_ counts: TextCounts) -> [Double] {
    var row = SparseRows(columns: terms.count)
    row.append(Self.weights(counts.counts, terms, idf))
    return row.product(directions, width: dimension)
  }

  private static func weight(_ count: Int, _ idf: Double) -> Double { (1 + log(Double(count))) * idf }

  /// In the order of the vocabulary: sums must not depend on the order of a dictionary.
  private static func weights(
    _ counts: [String: Int], _ terms: [String: Int], _ idf: [Double]
  ) -> [(index: Int, value: Double)] {
    counts.compactMap { term, count in terms[term].map { (index: $0, value: weight(count, idf[$0])) } }
      .sorted { $0.index < $1.index }
  }

  private static func unitLength(_ row: [(index: Int, value: Double)]) -> [(index: Int, value: Double)] {
    let length = row.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
    return length > 0 ? row.map { ($0.index, $0.value / length) } : row
  }
}

/// How often each term is in a text, and where.
struct TextCounts {
  let units: [TextUnit]
  let terms: [TextTerm]
  let counts: [String: Int]

  init(_ text: String) {
    units = TextUnits.of(text)
    terms = TextTerm.of(units)
    counts = terms.reduce(into: [:]) { $0[$1.text, default: 0] += 1 }
  }
}
