// A training that was kept: all that is needed to look at it again, to go on with it, or to study it. Values; any
// thread.

import Foundation

/// What happened when, for studies: a line of a run's diary.
public struct BoundaryEvent: Sendable, Equatable, Codable {
  public enum Kind: String, Sendable, Codable {
    case started, played, paused, stepped, restarted, setChosen, pointAdded, pointRemoved
    case markAdded, markChanged, markRemoved, markSwitched, settingsChanged, undone, redone, previewed
  }

  public let date: Date
  public let kind: Kind
  public let epoch: Int
  /// The mark that it is about.
  public var mark: Mark.ID?
}

/// The state of the page, and a run's content.
public struct BoundaryState: Sendable, Equatable, Codable {
  public var set: PointSet
  public var marks: [Mark]
  public var settings: BoundarySettings
  public var training: BoundaryTraining
  public var curves: Curves
  /// Seconds spent training, and what was done when.
  public var trainingSeconds: Double
  public var events: [BoundaryEvent]

  static let mostEvents = 5_000

  /// A state that training can start from.
  public init(set: PointSet, settings: BoundarySettings = BoundarySettings()) {
    self.set = set
    marks = []
    self.settings = settings.sanitised
    training = BoundaryTraining(settings)
    curves = Curves()
    trainingSeconds = 0
    events = []
  }

  /// Whether a state from a file can be shown and trained on: shapes, sizes and numbers.
  var isSound: Bool {
    training.isSound && curves.isSound && settings == settings.sanitised && set.isSound
      && marks.count <= PointSet.mostPoints && marks.allSatisfy { (try? $0.check()) != nil }
      && events.count <= Self.mostEvents && trainingSeconds.isFinite
      && training.networks.count == settings.members
      && training.networks.allSatisfy { Array($0.sizes.dropFirst().dropLast()) == settings.hidden }
  }
}

extension PointSet {
  var isSound: Bool {
    points.count <= Self.mostPoints && featureNames.count == 2 && labelNames.count == 2 && scales.count == 2
      && scales.allSatisfy { $0.centre.isFinite && $0.unit.isFinite && $0.unit > 0 }
      && points.allSatisfy { point in
        point.x.count == 2 && (0...1).contains(point.label)
          && point.x.allSatisfy { $0.isFinite && abs($0) <= Self.largestNumber }
      }
      && Swift.Set(points.map(\.id)).count == points.count
  }
}

extension Date {
  /// Now, to a 1024th of a second: such a date is the same after it was written as a number and read.
  static var nowForFile: Date {
    Date(timeIntervalSinceReferenceDate: (Date().timeIntervalSinceReferenceDate * 1024).rounded() / 1024)
  }
}

public struct BoundaryRun: Sendable, Equatable, Codable, Identifiable {
  /// The layout of the file; a newer one is not guessed at.
  static let currentFormat = 1

  public let format: Int
  public let id: UUID
  public var name: String
  public let date: Date
  public let state: BoundaryState

  public init(id: UUID = UUID(), name: String, date: Date, state: BoundaryState) {
    format = Self.currentFormat
    self.id = id
    self.name = name
    self.date = date
    self.state = state
  }

  var isSound: Bool { format == Self.currentFormat && state.isSound }

  /// A row of the table of runs.
  public struct Summary: Sendable, Equatable, Identifiable {
    public let id: BoundaryRun.ID
    public let name: String
    public let date: Date
    /// On the test points, or on the training points where there are none; nil before the first epoch.
    public let accuracy: Double?
    public let epochs: Int
    /// Arrows that are on.
    public let arrows: Int
    public let loss: BoundaryLoss
    public let seed: UInt64
  }

  public var summary: Summary {
    let last = state.curves.last
    return Summary(
      id: id, name: name, date: date, accuracy: last.map { $0.testAccuracy ?? $0.trainAccuracy },
      epochs: state.training.epoch, arrows: state.marks.count(where: \.isOn), loss: state.settings.loss,
      seed: state.settings.seed)
  }
}
