// What a person changes on the Boundary page: the set, points, marks, settings. Main actor; paused or running, both.
// Every change is one step of undo and is kept on disk.

import Foundation

extension BoundarySession {
  // MARK: The set

  /// Another made set; training starts anew and the marks go (undo brings both back).
  public func use(_ recipe: PointSetRecipe) { use(.made(recipe)) }

  /// Another set; training starts anew and the marks go.
  public func use(_ new: PointSet) {
    edit(L("Change the points"), .setChosen, withTraining: true) {
      set = new
      marks = []
      selected = nil
    }
    startAnew()
  }

  /// No points at all, to click one's own.
  public func clearPoints() { use(PointSet(name: L("Own points"))) }

  /// Reads a table of points off the main thread. A bad one is a notice; everything then stays as it was.
  public func load(csv url: URL) async {
    let name = url.lastPathComponent
    let result = await Task.detached(priority: .userInitiated) { () -> Result<PointSet, BoundaryError> in
      do throws(BoundaryError) {
        return .success(try PointSet.csv(try BoundaryFile.bytes(of: url), name: name))
      } catch {
        return .failure(error)
      }
    }.value
    switch result {
    case .success(let set): use(set)
    case .failure(let error): tell(error)
    }
  }

  // MARK: Points

  /// - Returns: the new point's id; nil with a notice where it was refused.
  @discardableResult
  public func addPoint(_ x: [Double], label: Int, isTest: Bool = false) -> BoundaryPoint.ID? {
    guard set.points.count < PointSet.mostPoints else {
      tell(BoundaryError.tooManyPoints(count: set.points.count + 1))
      return nil
    }
    guard x.count == 2, x.allSatisfy({ $0.isFinite && abs($0) <= PointSet.largestNumber }), (0...1).contains(label)
    else {
      tell(BoundaryError.notAPoint)
      return nil
    }
    let id = (set.points.map(\.id).max() ?? -1) + 1
    edit(L("Add a point"), .pointAdded) {
      set.points.append(BoundaryPoint(id: id, x: x, label: label, isTest: isTest))
    }
    refreshField()
    return id
  }

  /// Removes the point and its marks.
  public func removePoint(_ id: BoundaryPoint.ID) {
    guard set.point(id) != nil else { return }
    edit(L("Delete a point"), .pointRemoved) {
      set.points.removeAll { $0.id == id }
      marks.removeAll { $0.point == id }
    }
    refreshField()
  }

  public func nearestPoint(to x: [Double]) -> BoundaryPoint? { set.nearestPoint(to: x) }

  // MARK: Marks

  /// Adds a mark and selects it.
  /// - Returns: false with a notice where it was refused: no length, or its point is gone.
  @discardableResult
  public func addMark(_ mark: Mark) -> Bool {
    guard isAllowed(mark) else { return false }
    edit(L("Add an arrow"), .markAdded, mark: mark.id) {
      marks.removeAll { $0.id == mark.id }
      marks.append(mark)
      selected = mark.id
    }
    return true
  }

  /// Puts `mark` in the place of the one with its id.
  /// - Parameter continuing: a drag or a slider in motion: this and the last change are one step of undo.
  @discardableResult
  public func change(_ mark: Mark, continuing: Bool = false) -> Bool {
    guard let place = marks.firstIndex(where: { $0.id == mark.id }), marks[place] != mark, isAllowed(mark) else {
      return false
    }
    edit(L("Change an arrow"), .markChanged, mark: mark.id, continuing: continuing) { marks[place] = mark }
    return true
  }

  public func remove(_ id: Mark.ID) {
    guard marks.contains(where: { $0.id == id }) else { return }
    edit(L("Delete an arrow"), .markRemoved, mark: id) {
      marks.removeAll { $0.id == id }
      if selected == id { selected = nil }
    }
  }

  public func setOn(_ id: Mark.ID, _ isOn: Bool) {
    guard let place = marks.firstIndex(where: { $0.id == id }), marks[place].isOn != isOn else { return }
    edit(isOn ? L("Switch an arrow on") : L("Switch an arrow off"), .markSwitched, mark: id) {
      marks[place].isOn = isOn
    }
  }

  private func isAllowed(_ mark: Mark) -> Bool {
    do throws(BoundaryError) {
      try mark.check()
      guard set.point(mark.point) != nil else { throw .unknownPoint }
      return true
    } catch {
      tell(error)
      return false
    }
  }

  // MARK: Settings

  /// New settings. Another network (hidden sizes, members, seed) starts anew; the rest holds from the next epoch on.
  /// - Parameter continuing: a slider in motion: this and the last change are one step of undo.
  public func change(_ new: BoundarySettings, continuing: Bool = false) {
    let new = new.sanitised
    guard new != settings else { return }
    let isSameNetwork = new.hasSameNetwork(as: settings)
    edit(L("Change a setting"), .settingsChanged, withTraining: !isSameNetwork, continuing: continuing) {
      settings = new
    }
    if !isSameNetwork { startAnew() }
  }

  /// New weights from the same seed; points, marks and settings stay.
  public func restart() {
    edit(L("Start again"), .restarted, withTraining: true) {}
    startAnew()
  }

  private func startAnew() {
    replaceTraining(BoundaryTraining(settings), curves: Curves(), seconds: 0)
    keep()
  }
}

enum BoundaryFile {
  /// The bytes of a person's file, if there are not too many.
  static func bytes(of url: URL) throws(BoundaryError) -> Data {
    let name = url.lastPathComponent
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path),
      let size = attributes[.size] as? Int
    else { throw .unreadableFile(name: name) }
    guard size <= SeparatedValues.mostBytes else {
      throw .fileTooBig(name: name, megabytes: (size + 1_048_575) / 1_048_576)
    }
    guard let data = try? Data(contentsOf: url) else { throw .unreadableFile(name: name) }
    return data
  }
}
