// Looks for photos that are there twice: a candidate is a pair whose features are alike, and it is a copy if one of
// its pictures can be laid over the other, as it is or mirrored. Features alone are not enough: two photos of one
// kind of tomato are more alike to the network than a photo and its half-size copy.
// An actor: it remembers what it has seen, so that photos that arrive cost only their own comparisons.

import Foundation

public actor NearCopyFinder {
  private var numbers: [String: UInt32] = [:]
  private var signatures: [UInt32: PictureSignature] = [:]
  private var mirrors: [UInt32: PictureSignature] = [:]
  private var verdicts: [UInt64: NearCopyRule.Verdict?] = [:]

  public init() {}

  /// All copies among `photos`.
  ///
  /// - Parameters:
  ///   - features: `photos.count` x `dimension`; a row of zeros where a photo has none: exact copies are then
  ///     still found.
  ///   - thumbnails: JPEG bytes by content hash; asked only for pictures that were not seen before.
  /// - Throws: `CancellationError`, and what `thumbnails` throws.
  public func find(
    _ photos: [CheckedPhoto], features: [Float], dimension: Int,
    thumbnails: @Sendable ([String]) async throws -> [String: Data]
  ) async throws -> NearCopies {
    let order = photos.indices.sorted { photos[$0].id < photos[$1].id }
    let sorted = order.map { photos[$0] }
    let rows = order.flatMap { features[$0 * dimension..<($0 + 1) * dimension] }
    let hashes = sorted.map { number(of: $0.contentHash) }
    let cosines = FeatureCosines(features: rows, count: sorted.count, dimension: dimension)
    var matches = Self.exactMatches(hashes)
    let candidates = try cosines.pairs(atLeast: NearCopyRule.leastCosine).filter { hashes[$0.first] != hashes[$0.second] }
    try await look(at: candidates, sorted.map(\.contentHash), hashes, thumbnails)
    for (step, pair) in candidates.enumerated() {
      if step % Self.pairsBetweenQuestions == 0 {
        try Task.checkCancellation()
        await Task.yield()
      }
      if let verdict = verdict(hashes[pair.first], hashes[pair.second], cosine: pair.cosine) {
        matches.append(Match(copy: pair.first, original: pair.second, verdict: verdict))
      }
    }
    return Self.report(matches, sorted)
  }

  private static let pairsBetweenQuestions = 500

  private struct Match {
    let copy: Int
    let original: Int
    let verdict: NearCopyRule.Verdict
  }

  private func number(of hash: String) -> UInt32 {
    if let known = numbers[hash] { return known }
    let number = UInt32(numbers.count)
    numbers[hash] = number
    return number
  }

  /// Every photo with the first one of the same content.
  private static func exactMatches(_ hashes: [UInt32]) -> [Match] {
    var first: [UInt32: Int] = [:]
    var matches: [Match] = []
    for (row, hash) in hashes.enumerated() {
      if let original = first[hash] {
        matches.append(Match(copy: row, original: original, verdict: .init(kind: .exact, similarity: 1)))
      } else {
        first[hash] = row
      }
    }
    return matches
  }

  /// Gets the pictures of all candidates that were not seen yet.
  private func look(
    at candidates: [(first: Int, second: Int, cosine: Float)], _ names: [String], _ hashes: [UInt32],
    _ thumbnails: @Sendable ([String]) async throws -> [String: Data]
  ) async throws {
    var missing: Set<String> = []
    for pair in candidates where verdicts[Self.key(hashes[pair.first], hashes[pair.second])] == nil {
      for row in [pair.first, pair.second] where signatures[hashes[row]] == nil { missing.insert(names[row]) }
    }
    let wanted = missing.sorted()
    for start in stride(from: 0, to: wanted.count, by: Self.picturesAtATime) {
      try Task.checkCancellation()
      let part = Array(wanted[start..<min(wanted.count, start + Self.picturesAtATime)])
      for (hash, data) in try await thumbnails(part) {
        // A thumbnail that cannot be read makes its photo no copy; it is shown as damaged elsewhere.
        guard let signature = try? PictureSignature(thumbnail: data) else { continue }
        let number = number(of: hash)
        signatures[number] = signature
        mirrors[number] = signature.mirrored
      }
    }
  }

  private static let picturesAtATime = 64

  private static func key(_ a: UInt32, _ b: UInt32) -> UInt64 { UInt64(max(a, b)) << 32 | UInt64(min(a, b)) }

  private func verdict(_ copy: UInt32, _ original: UInt32, cosine: Float) -> NearCopyRule.Verdict? {
    let key = Self.key(copy, original)
    if let known = verdicts[key] { return known }
    guard let a = signatures[original], let b = signatures[copy], let mirror = mirrors[original] else { return nil }
    let verdict = NearCopyRule.compare(a, mirror: mirror, with: b, cosine: cosine)
    verdicts[key] = .some(verdict)
    return verdict
  }

  private static func report(_ matches: [Match], _ photos: [CheckedPhoto]) -> NearCopies {
    var earliest: [Int: Match] = [:]
    var sets = DisjointSets(count: photos.count)
    for match in matches {
      sets.unite(match.copy, match.original)
      if let known = earliest[match.copy], known.original <= match.original { continue }
      earliest[match.copy] = match
    }
    let pairs = earliest.sorted { $0.key < $1.key }.map { _, match in
      let (original, copy) = (photos[match.original], photos[match.copy])
      let place: NearCopy.Place =
        original.category == nil || copy.category == nil
        ? .testPhoto : original.category == copy.category ? .sameCategory : .acrossCategories
      // The test photo is the copy, whenever it came: it is not the one to keep.
      let isSwapped = original.category == nil && copy.category != nil
      return NearCopy(
        original: isSwapped ? copy.id : original.id, copy: isSwapped ? original.id : copy.id,
        kind: match.verdict.kind, place: place, similarity: match.verdict.similarity)
    }
    let groups = Dictionary(grouping: photos.indices) { sets.root(of: $0) }
    return NearCopies(
      pairs: pairs,
      groups: groups.sorted { $0.key < $1.key }.filter { $0.value.count > 1 }.map { $0.value.map { photos[$0].id } })
  }
}

/// When two different files show the same picture.
///
/// Measured on 1,200 photos of groceries and clothes and 200 copies of each kind: the lowest values of half-size,
/// recompressed, mirrored and 5 % cropped copies were a cosine of 0.74 and, laid over each other, a correlation of
/// 0.937 and a difference of 10 grey levels (half of them above 0.99, below 5); of 720,000 pairs of different photos
/// five came above 0.95, all of them photos taken one after the other.
enum NearCopyRule {
  /// Features less alike than this are of different pictures.
  static let leastCosine: Float = 0.72
  /// Coarse brightness less alike than this cannot be laid over each other.
  static let leastCoarse: Float = 0.5
  static let leastCorrelation: Float = 0.95
  static let mostDifference: Float = 14
  /// A picture with less contrast (grey levels) has nothing to lay over; its colour and features must agree instead.
  static let leastContrast: Float = 2
  static let evenCosine: Float = 0.98
  static let evenDifference: Float = 3

  struct Verdict: Equatable, Sendable {
    let kind: NearCopy.Kind
    let similarity: Double
  }

  /// - Parameter mirror: `original`, mirrored.
  static func compare(
    _ original: PictureSignature, mirror: PictureSignature, with copy: PictureSignature, cosine: Float
  ) -> Verdict? {
    guard cosine >= leastCosine else { return nil }
    let straight = similarity(original, copy, cosine)
    let turned = similarity(mirror, copy, cosine)
    guard let best = [straight, turned].compactMap({ $0 }).max() else { return nil }
    // A symmetric picture is its own mirror image: then it is simply a copy.
    return Verdict(kind: straight == best ? .resembling : .mirrored, similarity: Double(best))
  }

  private static func similarity(_ a: PictureSignature, _ b: PictureSignature, _ cosine: Float) -> Float? {
    let isEven = a.contrast < leastContrast && b.contrast < leastContrast
    guard isEven || a.coarseCorrelation(b) >= leastCoarse else { return nil }
    let found = PictureAlignment.best(a, over: b, least: leastCorrelation)
    if isEven { return cosine >= evenCosine && found.difference <= evenDifference ? cosine : nil }
    return found.correlation >= leastCorrelation && found.difference <= mostDifference ? found.correlation : nil
  }
}
