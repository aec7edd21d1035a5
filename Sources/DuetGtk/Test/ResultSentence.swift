// The answer in words. Pure functions of the project; any thread.

import DuetEngine
import Foundation

enum ResultSentence {
  /// A probability as people read it. Never "100 %" for something that is less than sure.
  static func percent(_ probability: Double) -> String {
    if probability > 0.995, probability < 1 { return L("> 99 %") }
    if probability < 0.005, probability > 0 { return L("< 1 %") }
    return L("{number} %", ["number": Int((probability * 100).rounded())])
  }

  /// The line below the photo; nil while there is no test photo.
  static func title(_ snapshot: ProjectSnapshot) -> String? {
    guard let test = snapshot.test else { return nil }
    guard let prediction = test.prediction else {
      return snapshot.model == nil ? L("Train first: then the answer appears here.") : L("There is no answer yet.")
    }
    guard prediction.known else { return L("This is unlike everything it was taught.") }
    return L("This looks like {name}, {percent}", best(prediction, snapshot))
  }

  /// What else there is to know about the answer; nil if nothing.
  static func detail(_ snapshot: ProjectSnapshot) -> String? {
    guard let test = snapshot.test, let prediction = test.prediction else { return nil }
    var sentences: [String] = []
    if !prediction.known {
      sentences.append(
        L("The most alike category is {name}, {percent}. Is a category missing?", best(prediction, snapshot)))
    }
    if snapshot.categories.contains(where: { $0.photos.contains { $0.contentHash == test.contentHash } }) {
      sentences.append(L("It was trained on this very photo: a new one is a better test."))
    }
    if !test.isCurrent {
      sentences.append(L("The model has changed since this answer. Choose the photo again for a new one."))
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  /// "Edible 93 %, Not edible 7 %": the chart for those who cannot see it, in the order given.
  static func description(_ bars: [ProbabilityChart.Bar]) -> String {
    let parts = bars.map { bar in
      bar.probability.map { L("{name} {percent}", ["name": bar.name, "percent": percent($0)]) }
        ?? L("{name}: no answer", ["name": bar.name])
    }
    return parts.joined(separator: L(", "))
  }

  private static func best(_ prediction: Prediction, _ snapshot: ProjectSnapshot) -> LocalisedValues {
    let probability = prediction.bars.first { $0.category == prediction.label }?.probability ?? 0
    let name = snapshot.category(prediction.label)?.name ?? L("a category that was removed")
    return ["name": name, "percent": percent(probability)]
  }
}
