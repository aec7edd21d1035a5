// The state of the page "Texts": the only thing that its views read. Main actor. Reading, training and predicting run
// on other threads; every change is written to the store by itself. Training is in TextSession+Training, undo in
// TextSession+Undo.

import Foundation
import Observation

/// What the model says about a review in the list.
public struct TextAnswer: Sendable, Equatable {
  public let label: Int
  /// Of that label.
  public let confidence: Double
}

/// A file of which it is not clear which columns hold the texts and the labels.
public struct TextColumnQuestion: Sendable, Equatable {
  public let file: URL
  public let titles: [String]
}

/// The text in the editor, as it is now.
public struct LiveText: Sendable, Equatable {
  public let review: TextReview.ID
  public let text: String
  public let difference: WordDifference
  /// Of the text in the editor, and of the review as it was; nil before the first training.
  public let prediction: TextPrediction?
  public let original: TextPrediction?
}

@MainActor @Observable public final class TextSession {
  // MARK: What views read

  /// Nil until a file or the sample is loaded.
  public internal(set) var set: TextSet?
  public internal(set) var work = TextWork()
  /// The reviews that are learnt from and, after them, those that are held out.
  public internal(set) var shown: [TextReview] = []
  public internal(set) var model: TextModel?
  public internal(set) var answers: [TextReview.ID: TextAnswer] = [:]
  public internal(set) var live: LiveText?
  /// A file whose columns have unusual names: the person is asked which to read.
  public internal(set) var columnQuestion: TextColumnQuestion?
  public internal(set) var isReading = false
  public internal(set) var isTraining = false
  public internal(set) var notice: BoundaryNotice?
  public internal(set) var undoTitle: String?
  public internal(set) var redoTitle: String?
  /// Whether something changed since the model was trained.
  public var isStale: Bool { model != nil && trainedOn != TextQuestion(work) }

  // MARK: What they do not

  @ObservationIgnored let store: TextStore
  @ObservationIgnored var digest = ""
  @ObservationIgnored var history = TextHistory()
  /// What the model learnt from.
  var trainedOn: TextQuestion?
  @ObservationIgnored var trainTask: Task<Void, Never>?
  @ObservationIgnored private let reads = TaskChain()
  @ObservationIgnored private let writes = TaskChain()
  @ObservationIgnored private var isWriteWaiting = false
  @ObservationIgnored private var liveTask: Task<Void, Never>?

  public init(store: TextStore = TextStore()) { self.store = store }

  // MARK: Loading

  /// Brings back what was open last; returns once it is there. Nothing where there was none.
  public func open() async {
    guard set == nil, let last = await store.last() else { return }
    show(last.set, last.work, last.digest)
  }

  /// Reads a CSV or TSV file. What was done with the set of before is kept and comes back with it.
  public func load(_ file: URL, columns: TextColumns = TextColumns()) {
    read(asking: columns == TextColumns() ? file : nil) { () throws(TextError) in
      try TextSet.read(file, columns: columns)
    }
  }

  /// The person does not want to choose columns.
  public func dropColumnQuestion() { columnQuestion = nil }

  /// The short reviews that come with the app.
  public func useSample() {
    read { () throws(TextError) in try TextSample.set() }
  }

  /// - Parameter file: of which the columns may be asked for, if they cannot be guessed.
  private func read(asking file: URL? = nil, _ make: @escaping @Sendable () throws(TextError) -> TextSet) {
    isReading = true
    reads.add {
      let result = await Task.detached(priority: .userInitiated) { () -> Result<TextSet, TextError> in
        do throws(TextError) { return .success(try make()) } catch { return .failure(error) }
      }.value
      self.isReading = false
      self.columnQuestion = nil
      switch result {
      case .success(let set):
        do throws(TextError) {
          let (work, digest) = try await self.store.use(set)
          self.show(set, work, digest)
        } catch {
          // It can be worked with all the same, and the person knows that it will not be there next time.
          self.tell(error)
          self.show(set, TextWork(of: set), "")
        }
      case .failure(.noColumn(_, _, let titles)) where file != nil && titles.count > 1:
        if let file { self.columnQuestion = TextColumnQuestion(file: file, titles: titles) }
      case .failure(let error): self.tell(error)
      }
    }
  }

  private func show(_ set: TextSet, _ work: TextWork, _ digest: String) {
    self.set = set
    self.work = work
    self.digest = digest
    history = TextHistory()
    showTitles()
    model = nil
    trainedOn = nil
    answers = [:]
    showReviews()
    refreshLive()
    train()
  }

  func showReviews() {
    let new = set.map { $0.learnt(work) + $0.heldOut } ?? []
    if new != shown { shown = new }
    if let selected = work.selected, !shown.contains(where: { $0.id == selected }) { work.selected = shown.first?.id }
  }

  // MARK: The chosen review

  public var selected: TextReview? {
    guard let id = work.selected else { return nil }
    return shown.first { $0.id == id }
  }

  public func select(_ id: TextReview.ID) {
    guard id != work.selected, shown.contains(where: { $0.id == id }) else { return }
    work.selected = id
    refreshLive()
    keep()
  }

  /// What stands in the editor for a review: the draft, else the edit that was kept, else the review.
  public func editorText(of review: TextReview) -> String {
    work.drafts[review.id] ?? work.edits[review.id] ?? review.text
  }

  /// The person changed the text in the editor.
  public func type(_ text: String) {
    guard let review = selected, !review.isHeldOut, text != editorText(of: review) else { return }
    work.drafts[review.id] = text == (work.edits[review.id] ?? review.text) ? nil : text
    refreshLive()
    keep()
  }

  /// Brings the review as it was back into the editor; the edit that was kept stays until a new one is.
  public func startOver() {
    guard let review = selected else { return }
    type(review.text)
  }

  /// Compares and predicts off the main thread; only the newest text is shown.
  func refreshLive() {
    liveTask?.cancel()
    guard let review = selected else {
      live = nil
      return
    }
    let (text, model) = (editorText(of: review), model)
    liveTask = Task {
      let live = await Task.detached(priority: .userInitiated) {
        LiveText(
          review: review.id, text: text, difference: WordDifference(from: review.text, to: text),
          prediction: model?.predict(text), original: model?.predict(review.text))
      }.value
      if !Task.isCancelled { self.live = live }
    }
  }

  // MARK: Keeping

  /// Writes the work once the writes before it are done; calls in quick succession become one.
  func keep() {
    guard !isWriteWaiting, !digest.isEmpty else { return }
    isWriteWaiting = true
    writes.add {
      self.isWriteWaiting = false
      do throws(TextError) { try await self.store.keep(self.work, digest: self.digest) } catch { self.tell(error) }
    }
  }

  /// Returns once everything that was asked for is read, trained, shown and on disk.
  public func settle() async {
    await reads.wait()
    while let task = trainTask {
      await task.value
      if task == trainTask { break }
    }
    await liveTask?.value
    await writes.wait()
  }

  func tell(_ error: TextError) { notice = BoundaryNotice(text: error.message) }
}
