// What the coach has found out about one project at one moment, as sentences. A value; any thread.
// From the snapshot: names, numbers, the model, the test. From `ProjectFacts`, where they are known: copies, photos
// that look misplaced, categories that are taken for each other.

import Foundation

struct CoachFindings: Sendable {
  /// The share of the first bar below which an answer counts as a close call.
  static let closeCall = 0.6
  /// A category with less than this share of the photos of the largest is called small.
  static let smallShare = 0.5
  /// So many photos have to be mixed up before two categories count as look-alikes.
  static let fewestMixedUp = 2

  let turn: AssistantTurn
  let phrases: CoachPhrases
  var project: ProjectSnapshot { turn.project }

  init(_ turn: AssistantTurn) {
    self.turn = turn
    phrases = CoachPhrases(language: turn.language)
  }

  /// What the active assistant may remark, most useful first.
  var remarks: [String] {
    let step = nextStep
    var all: [String?] = [leak, copyAcross]
    if let test = project.test, test.isCurrent, isDoubtful { all.append(result) }
    all += project.categories.isEmpty ? [step] : [urgentName, step]
    all += [suspect, lookAlikes, copyWithin, imbalance] + names.map { $0 }
    if project.model?.matchesPhotos == true { all += [untested, leastCertain, surprise] }
    return all.compactMap { $0 }
  }

  // MARK: Categories and their photos

  var counts: String {
    guard !project.categories.isEmpty else { return phrases.noCategories }
    let list = project.categories.map { phrases.count(of: $0) }.joined(separator: phrases.comma)
    let all = phrases.counts(list, categories: project.categories.count, photos: project.photoCount)
    return join(all, project.categories.count > 1 ? imbalance : nil)
  }

  func about(_ id: CategoryID) -> String {
    guard let category = project.category(id) else { return counts }
    guard !category.photos.isEmpty else { return join(phrases.empty(category), name(of: category)) }
    let share = Self.percent(Double(category.photos.count) / Double(project.photoCount))
    var facts: [String?] = [phrases.has(category, share: share)]
    if project.categories.count == 1 {
      facts.append(phrases.onlyOne(category))
    } else {
      facts += [copyAcross(id), name(of: category), suspect(in: id), lookAlikes(of: id), smallest(id)]
    }
    // Three sentences are read, ten are not.
    return facts.compactMap { $0 }.prefix(3).joined(separator: phrases.separator)
  }

  /// The category that a text speaks of; whole words only: "Cat" is not meant by "category".
  func mentioned(in text: String) -> CategoryID? {
    let asked = NormalisedText(text).text
    let found = project.categories.filter { category in
      let name = NormalisedText(category.name).text
      guard !name.isEmpty else { return false }
      // Scripts without spaces have no word ends to look for.
      if name.unicodeScalars.contains(where: { $0.value >= 0x3040 }) { return asked.contains(name) }
      return " \(asked) ".contains(" \(name) ")
    }
    return found.max { $0.name.count < $1.name.count }?.id
  }

  var imbalance: String? { pair.map { phrases.small($0.small, $0.large) } }

  private func smallest(_ id: CategoryID) -> String? { pair?.small.id == id ? imbalance : nil }

  private var pair: (small: Category, large: Category)? {
    let filled = project.categories.filter { !$0.photos.isEmpty }
    guard let small = filled.min(by: { $0.photos.count < $1.photos.count }),
      let large = filled.max(by: { $0.photos.count < $1.photos.count }),
      Double(small.photos.count) < Self.smallShare * Double(large.photos.count)
    else { return nil }
    return (small, large)
  }

  var names: [String] { CoachNames.findings(project.categories).map(phrases.name) }

  /// Two answers that cannot be told apart, or one without a name: nothing else helps before that is put right.
  private var urgentName: String? {
    CoachNames.findings(project.categories).first { finding in
      switch finding {
      case .same, .alike, .unnamed: true
      case .vague, .within, .negative: false
      }
    }.map(phrases.name)
  }

  private func name(of category: Category) -> String? {
    CoachNames.findings(project.categories).first { finding in
      switch finding {
      case .unnamed(let own), .vague(let own), .negative(let own): own.id == category.id
      case .same(let own): own.name == category.name
      case .alike(let a, let b), .within(let a, let b): a.id == category.id || b.id == category.id
      }
    }.map(phrases.name)
  }

  var anotherCategory: String {
    if let test = project.test, test.isCurrent, test.prediction?.known == false {
      return phrases.anotherFor(test.name)
    }
    if let only = project.categories.first, project.categories.count == 1 { return phrases.onlyOne(only) }
    let negative = CoachNames.findings(project.categories).first { if case .negative = $0 { true } else { false } }
    return join(phrases.another(project.categories.count), negative.map(phrases.name))
  }

  // MARK: Checks

  private var copyAcross: String? { copyAcross(nil) }

  /// The same picture in two categories teaches the model a contradiction.
  private func copyAcross(_ id: CategoryID?) -> String? {
    guard let facts = turn.facts else { return nil }
    for copy in facts.duplicates where copy.place == .acrossCategories {
      guard let a = category(of: copy.original), let b = category(of: copy.copy), a.id != b.id,
        id == nil || a.id == id || b.id == id
      else { continue }
      return phrases.copyAcross(facts.name(of: copy.original), a, facts.name(of: copy.copy), b)
    }
    return nil
  }

  private var copyWithin: String? {
    guard let facts = turn.facts else { return nil }
    for copy in facts.duplicates where copy.place == .sameCategory {
      if let place = category(of: copy.copy) {
        return phrases.copyWithin(facts.name(of: copy.copy), facts.name(of: copy.original), place)
      }
    }
    return nil
  }

  private var leak: String? {
    guard let facts = turn.facts, let test = facts.test, test.leak != nil, test.photo == project.test?.photo else {
      return nil
    }
    return phrases.leak(facts.name(of: test.photo))
  }

  private var suspect: String? { suspect(in: nil) }

  private func suspect(in id: CategoryID?) -> String? {
    guard let facts = turn.facts else { return nil }
    for suspect in facts.suspects where id == nil || suspect.category == id {
      if let own = project.category(suspect.category), let other = project.category(suspect.suggested) {
        return phrases.suspect(facts.name(of: suspect.photo), own, other)
      }
    }
    return nil
  }

  private var lookAlikes: String? { lookAlikes(of: nil) }

  private func lookAlikes(of id: CategoryID?) -> String? {
    guard let facts = turn.facts else { return nil }
    var counts: [[CategoryID]: [PhotoID]] = [:]
    for cell in facts.confusions {
      counts[[cell.category, cell.answer].sorted(), default: []] += cell.photos
    }
    let most = counts.filter { id.map($0.key.contains) ?? true }
      .max { ($0.value.count, $1.key[0], $1.key[1]) < ($1.value.count, $0.key[0], $0.key[1]) }
    guard let most, most.value.count >= Self.fewestMixedUp, let a = project.category(most.key[0]),
      let b = project.category(most.key[1]), let example = facts.mistakes.map(\.photo).first(where: most.value.contains)
    else { return nil }
    return phrases.lookAlikes(a, b, count: most.value.count, example: facts.name(of: example))
  }

  var copies: String { copyAcross ?? leak ?? copyWithin ?? (turn.facts == nil ? phrases.notChecked : phrases.noCopies) }
  var suspicion: String {
    guard let suspect else { return turn.facts == nil ? phrases.notChecked : phrases.noSuspects }
    return join(suspect, lookAlikes)
  }
  /// What would help the model most.
  var improvement: String? { copyAcross ?? suspect ?? lookAlikes ?? imbalance ?? names.first ?? nextStep }

  private func category(of photo: PhotoID) -> Category? {
    project.categories.first { $0.photos.contains { $0.id == photo } }
  }

  // MARK: The test

  private var isDoubtful: Bool {
    guard let prediction = project.test?.prediction else { return false }
    return !prediction.known || (prediction.bars.map(\.probability).max() ?? 1) < Self.closeCall
  }

  var result: String? {
    guard let test = project.test else { return nil }
    guard let prediction = test.prediction else { return phrases.noModelForTest(test.name) }
    let bars = prediction.bars.sorted { $0.probability > $1.probability }
    guard let first = bars.first, let name = project.category(first.category)?.name else {
      return phrases.outdated(test.name)
    }
    let share = Self.percent(first.probability)
    if let leak { return join(phrases.result(test.name, name, share), leak) }
    if !test.isCurrent { return join(phrases.result(test.name, name, share), phrases.outdated(test.name)) }
    if !prediction.known { return join(phrases.result(test.name, name, share), phrases.unknown) }
    if first.probability < Self.closeCall, bars.count > 1, let second = project.category(bars[1].category)?.name {
      return join(phrases.result(test.name, name, share), phrases.close(second, Self.percent(bars[1].probability)))
    }
    return join(phrases.result(test.name, name, share), phrases.isItRight)
  }

  /// Why the model may have said so: what the photo looks like to it.
  var explanation: String? {
    guard let test = project.test, let prediction = test.prediction else { return lookAlikes }
    var places: [(Category, [String])] = []
    for neighbour in prediction.nearest {
      guard let home = project.category(neighbour.category),
        let photo = home.photos.first(where: { $0.id == neighbour.photo })
      else { continue }
      if let known = places.firstIndex(where: { $0.0.id == home.id }) {
        places[known].1.append(photo.name)
      } else {
        places.append((home, [photo.name]))
      }
    }
    guard !places.isEmpty else { return prediction.known ? phrases.causes : join(phrases.unknown, phrases.causes) }
    return join(phrases.nearest(test.name, places), phrases.causes)
  }

  /// Says which of the latest test photos the model hesitated about most.
  var leastCertain: String? {
    let tests = turn.recentTests.compactMap { test -> (AssistantTurn.Tested, Prediction.Bar)? in
      guard let top = test.prediction.bars.max(by: { $0.probability < $1.probability }),
        turn.project.category(top.category) != nil
      else { return nil }
      return (test, top)
    }
    guard tests.count > 1, let (test, bar) = tests.min(by: { $0.1.probability < $1.1.probability }),
      let category = turn.project.category(bar.category)
    else { return nil }
    return phrases.leastCertain(test.name, of: tests.count, category.name, Self.percent(bar.probability))
  }

  /// A category that no test photo was answered with yet.
  private var untested: String? {
    let answered = Set(turn.recentTests.map(\.prediction.label) + [project.test?.prediction?.label].compactMap { $0 })
    guard !answered.isEmpty, let model = project.model else { return nil }
    return project.categories.first { model.categories.contains($0.id) && !answered.contains($0.id) }
      .map(phrases.untested)
  }

  /// A concrete kind of photo that nobody has thought of: one that was not proposed yet and that no category is for.
  var surprise: String? {
    guard project.model != nil else { return nil }
    let said = project.messages.filter { $0.author != .user }.map(\.text)
    let named = NormalisedText((project.categories.map(\.name) + [project.goal ?? ""]).joined(separator: " ")).text
    return CoachSurprise.all
      .filter { !$0.isNamed(in: named) }
      .map { phrases.surprise($0) }
      .first { text in !said.contains { $0.contains(text) } }
  }

  // MARK: Steps

  /// The one thing that is in the way, or the next one worth doing.
  var nextStep: String {
    if project.categories.isEmpty { return phrases.addCategories }
    if project.categories.count == 1 { return phrases.onlyOne(project.categories[0]) }
    if let empty = project.categories.first(where: { $0.photos.isEmpty }) { return phrases.empty(empty) }
    guard let model = project.model else { return phrases.train }
    if !model.matchesPhotos { return phrases.trainAgain }
    if project.test == nil { return phrases.tryATest }
    // One right answer makes people believe in their model; a surprise is the better second test.
    let second = turn.recentTests.count < 2 ? surprise ?? untested : untested ?? surprise
    return second ?? phrases.tryTheUnexpected
  }

  private func join(_ first: String, _ second: String?) -> String {
    second.map { first + phrases.separator + $0 } ?? first
  }

  static func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }
}
