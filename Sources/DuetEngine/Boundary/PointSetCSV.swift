// A person's own points from a table: two columns of numbers and one with the label. Pure; any thread.

import Foundation

extension PointSet {
  /// The first of these that is a title is the label's. Not "y": in a table of x, y and label it is a feature.
  private static let labelTitles = ["label", "category", "class", "target"]
  private static let testTitles: Swift.Set<String> = ["test", "istest", "is_test"]

  /// The share that is kept for testing where the table has no column that says so.
  private static let testShare = 0.3

  /// Reads a table with or without a line of titles. The label's column is the one called label, category, class or
  /// target, else the last one; a column called test (1 or 0) says what is kept for testing, else 30 % are, by lot.
  ///
  /// - Throws: ``BoundaryError``, with file, line and column.
  public static func csv(_ data: Data, name: String) throws(BoundaryError) -> PointSet {
    let table = try SeparatedValues(data, name: name)
    let columns = try Columns(table.lines, name: name)
    let lines = table.lines.dropFirst(columns.hasTitles ? 1 : 0)
    guard !lines.isEmpty else { throw .emptyFile(name: name) }
    guard lines.count <= mostPoints else { throw .tooManyPoints(count: lines.count) }
    var rows: [(x: [Double], label: String, isTest: Bool)] = []
    for line in lines { rows.append(try columns.read(line, name: name)) }
    let labels = try labelNames(rows.map(\.label), name: name)
    let isTest = columns.test == nil ? testByLot(rows.count) : rows.map(\.isTest)
    let points = rows.enumerated().map { index, row in
      BoundaryPoint(id: index, x: row.x, label: row.label == labels[0] ? 0 : 1, isTest: isTest[index])
    }
    let scales = try Columns.scales(of: points, columns.titles, name: name)
    return PointSet(
      name: name, featureNames: columns.titles, labelNames: labels, points: points, scales: scales)
  }

  /// The two labels, numbers by size, others by the alphabet.
  private static func labelNames(_ labels: [String], name: String) throws(BoundaryError) -> [String] {
    let found = Swift.Set(labels)
    guard found.count > 1 else { throw .oneLabel(name: found.first ?? "") }
    guard found.count == 2 else { throw .tooManyLabels(name: name, count: found.count) }
    return found.sorted { a, b in
      if let first = Double(a), let second = Double(b) { return first < second }
      return a < b
    }
  }

  private static func testByLot(_ count: Int) -> [Bool] {
    var random = SplitMix64(seed: 0)
    let testCount = min(Int((Double(count) * testShare).rounded()), max(count - 2, 0))
    var result = [Bool](repeating: false, count: count)
    for index in random.permutation(count).prefix(testCount) { result[index] = true }
    return result
  }

  /// Which column is what.
  private struct Columns {
    let count: Int
    let features: [Int]
    let label: Int
    let test: Int?
    let titles: [String]
    let hasTitles: Bool

    init(_ lines: [SeparatedValues.Line], name: String) throws(BoundaryError) {
      let first = lines[0].cells
      guard first.count >= 3 else { throw .tooFewColumns(name: name) }
      let names = first.map { $0.lowercased() }
      let named = labelTitles.lazy.compactMap { names.firstIndex(of: $0) }.first
      let testColumn = names.firstIndex(where: testTitles.contains)
      count = first.count
      test = testColumn
      let labelColumn = named ?? first.indices.last { $0 != testColumn } ?? 0
      label = labelColumn
      let others = first.indices.filter { $0 != labelColumn && $0 != testColumn }
      guard others.count == 2 else { throw .tooManyColumns(name: name, found: first.count) }
      features = others
      // A first line with a number among the features is a point, however wrong the other cell may be.
      hasTitles = named != nil || testColumn != nil
        || others.allSatisfy { Double(first[$0]) == nil && !first[$0].isEmpty }
      titles = hasTitles ? others.map { first[$0] } : ["x", "y"]
    }

    func read(
      _ line: SeparatedValues.Line, name: String
    ) throws(BoundaryError) -> (x: [Double], label: String, isTest: Bool) {
      guard line.cells.count == count else {
        throw .wrongColumns(name: name, line: line.number, found: line.cells.count, expected: count)
      }
      var x: [Double] = []
      for (title, column) in zip(titles, features) {
        let text = line.cells[column]
        guard !text.isEmpty else { throw .notFinite(name: name, line: line.number, column: title) }
        guard let value = Double(text) else {
          let shown = String(text.prefix(40))
          throw .notANumber(name: name, line: line.number, column: title, text: shown)
        }
        guard value.isFinite else { throw .notFinite(name: name, line: line.number, column: title) }
        guard abs(value) <= largestNumber else {
          throw .numberTooLarge(name: name, line: line.number, column: title)
        }
        x.append(value)
      }
      let label = line.cells[label]
      guard !label.isEmpty else { throw .missingLabel(name: name, line: line.number) }
      return (x, label, test.map { ["1", "true", "yes"].contains(line.cells[$0].lowercased()) } ?? false)
    }

    /// Mean 0 and standard deviation 1 over all points.
    static func scales(
      of points: [BoundaryPoint], _ titles: [String], name: String
    ) throws(BoundaryError) -> [FeatureScale] {
      var result: [FeatureScale] = []
      for (axis, title) in titles.enumerated() {
        let values = points.map { $0.x[axis] }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        let unit = variance.squareRoot()
        // Relative to the values: the last bits of equal numbers may differ from their mean's.
        guard unit > 1e-12 * max(abs(mean), 1e-12) else { throw .constantColumn(name: name, column: title) }
        result.append(FeatureScale(centre: mean, unit: unit))
      }
      return result
    }
  }
}
