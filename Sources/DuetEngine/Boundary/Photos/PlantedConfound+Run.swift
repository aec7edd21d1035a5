// How the experiment with stickers runs. Any thread but the main one; stops when its task is cancelled. Features are
// computed once for each photo and sticker, on all cores.

import Foundation
import Synchronization

extension PlantedConfound {
  /// - Parameters:
  ///   - categories: how many; each has more than ``perCategory`` photos.
  ///   - progress: repetitions that are done.
  /// - Throws: `EvaluationError.tooFewPhotos`, `PhotoError`, `ExtractorError`, `TrainingError`, `CancellationError`.
  public func run(
    _ subjects: [Subject], categories: Int, extractor: FeatureExtractor, progress: (Int) -> Void = { _ in }
  ) throws -> Outcome {
    let bench = Bench(subjects: subjects, extractor: extractor)
    var random = SplitMix64(seed: seed)
    // Where a photo's sticker is does not change from one repetition to the next: fewer pictures to look at.
    let places = subjects.map { _ in Sticker.Place.inside(x: unit(&random), y: unit(&random)) }
    let corners = subjects.map { _ in Sticker.Place.corner(Int(unit(&random) * 4)) }
    func sticker(_ photo: Int, _ colour: Int) -> Sticker {
      Sticker(size: size, place: places[photo], colour: colour % Sticker.colours.count)
    }
    let background = { (photo: Int) in Sticker(size: size, place: corners[photo]) }
    var outcome = Outcome()
    for repetition in 0..<repeats {
      try Task.checkCancellation()
      let (training, testing) = try split(subjects, categories, &random)
      let marks = training.flatMap { $0.prefix(marked) }
      let train = training.flatMap { $0 }
      let colours = subjects.map { _ in Int(unit(&random) * Double(Sticker.colours.count)) }
      let own = { (photo: Int) in sticker(photo, subjects[photo].label) }
      let any = { (photo: Int) in sticker(photo, colours[photo]) }
      let none: (Int) -> Sticker? = { _ in nil }

      let clean = try bench.set(train, none), plain = try bench.features(testing, none)
      outcome.clean.append(try bench.accuracy(clean, testing, plain))
      let cornerMarks = try bench.replacements(marks, none, region: background)
      outcome.cleanMarked.append(try bench.accuracy(clean.with(cornerMarks), testing, plain))
      let wrongMarks = try bench.replacements(marks, none, region: own)
      outcome.mismarked.append(try bench.accuracy(clean.with(wrongMarks), testing, plain))

      let shuffled = try bench.features(testing, any)
      outcome.neutral.append(try bench.accuracy(try bench.set(train, any), testing, shuffled))
      let planted = try bench.set(train, own)
      outcome.confounded.append(try bench.accuracy(planted, testing, shuffled))
      let stickerMarks = try bench.replacements(marks, own, region: own)
      outcome.recovered.append(try bench.accuracy(planted.with(stickerMarks), testing, shuffled))
      progress(repetition + 1)
    }
    return outcome
  }

  /// From 0 to below 1.
  private func unit(_ random: inout SplitMix64) -> Double { Double(random.next() >> 11) / Double(1 << 53) }

  /// Photos to train on, by category, and photos to test on.
  private func split(
    _ subjects: [Subject], _ categories: Int, _ random: inout SplitMix64
  ) throws -> (training: [[Int]], testing: [Int]) {
    var training: [[Int]] = []
    var testing: [Int] = []
    for label in 0..<categories {
      let own = subjects.indices.filter { subjects[$0].label == label }
      guard own.count > perCategory else {
        throw EvaluationError.tooFewPhotos(category: CategoryID(Int64(label + 1)), needed: perCategory + 1)
      }
      let shuffled = random.permutation(own.count).map { own[$0] }
      training.append(Array(shuffled.prefix(perCategory)))
      testing += shuffled.dropFirst(perCategory)
    }
    return (training, testing)
  }
}

extension TrainingSet {
  func with(_ counterfactuals: [CounterfactualRow]) -> TrainingSet {
    TrainingSet(
      categories: categories, photos: photos, labels: labels, features: features, dimension: dimension,
      counterfactuals: counterfactuals)
  }
}

/// Pictures of the experiment and what the network makes of them.
private final class Bench: Sendable {
  private struct Key: Hashable {
    let photo: Int
    /// Nil: without a sticker.
    let colour: Int?
  }

  private let subjects: [PlantedConfound.Subject]
  private let extractor: FeatureExtractor
  private let known = Mutex<[Key: [Float]]>([:])

  init(subjects: [PlantedConfound.Subject], extractor: FeatureExtractor) {
    self.subjects = subjects
    self.extractor = extractor
  }

  func features(_ photos: [Int], _ sticker: (Int) -> Sticker?) throws -> [[Float]] {
    let stickers = photos.map(sticker)
    let results = LinearAlgebra.inParallel(photos.count) { [self] index in
      Result { try features(photos[index], stickers[index]) }
    }
    return try results.map { try $0.get() }
  }

  func set(_ photos: [Int], _ sticker: (Int) -> Sticker?) throws -> TrainingSet {
    let labels = photos.map { subjects[$0].label }
    return TrainingSet(
      categories: (0...(labels.max() ?? 0)).map { CategoryID(Int64($0 + 1)) },
      photos: photos.map { PhotoID(Int64($0 + 1)) }, labels: labels,
      features: try features(photos, sticker).flatMap { $0 }, dimension: ExtractorID.dimension)
  }

  /// "This does not matter" on each of the photos.
  func replacements(
    _ photos: [Int], _ sticker: (Int) -> Sticker?, region: (Int) -> Sticker
  ) throws -> [CounterfactualRow] {
    let stickers = photos.map(sticker)
    let regions = photos.map(region)
    let results = LinearAlgebra.inParallel(photos.count) { [self] index in
      Result {
        let (photo, copy) = (photos[index], try copy(photos[index], stickers[index]))
        let image = try PhotoDecoder.decode(copy, name: subjects[photo].name, maxSide: nil)
        let made = try CounterfactualPictures.painted(
          PhotoID(Int64(photo + 1)), copy: copy, name: subjects[photo].name,
          region: regions[index].mark(width: image.width, height: image.height), change: .ignore, answer: .same)
        return try made.pictures.map { picture in
          CounterfactualRow(
            photo: made.photo, meaning: .same,
            features: try extractor.features(ofCopy: picture.copy, name: picture.name),
            weight: 1 / Float(made.pictures.count))
        }
      }
    }
    return try results.flatMap { try $0.get() }
  }

  func accuracy(_ set: TrainingSet, _ photos: [Int], _ features: [[Float]]) throws -> Double {
    let model = try Trainer.train(set)
    let right = zip(photos, features).count { photo, features in
      model.predict(features).label == set.categories[subjects[photo].label]
    }
    return Double(right) / Double(max(1, photos.count))
  }

  private func features(_ photo: Int, _ sticker: Sticker?) throws -> [Float] {
    let key = Key(photo: photo, colour: sticker?.colour)
    if let ready = known.withLock({ $0[key] }) { return ready }
    let made = try extractor.features(ofCopy: copy(photo, sticker), name: subjects[photo].name)
    known.withLock { $0[key] = made }
    return made
  }

  private func copy(_ photo: Int, _ sticker: Sticker?) throws -> Data {
    guard let sticker else { return subjects[photo].copy }
    let image = try PhotoDecoder.decode(subjects[photo].copy, name: subjects[photo].name, maxSide: nil)
    return try sticker.put(on: image).jpeg(quality: PhotoImporter.copyQuality, colours: .full)
  }
}
