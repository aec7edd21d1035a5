// Level lines of a grid of numbers. Pure; any thread.
// Marching squares (the two-dimensional case of Lorensen & Cline, "Marching cubes", 1987): a line crosses the edges of
// a cell whose ends lie on different sides of the level, at the place where a straight line between the ends does.
// In a cell with two opposite corners up, the mean of the four decides which of the two ways the lines go.

struct MarchingSquares {
  /// A place on the grid: (0, 0) is the first number, x counts columns, y counts rows.
  struct Vertex: Hashable {
    var x: Double
    var y: Double
  }

  let columns: Int
  let rows: Int
  private let values: [Float]

  /// - Parameter values: row after row, `columns` times `rows` of them.
  init(_ values: [Float], columns: Int, rows: Int) {
    precondition(values.count == columns * rows, "a grid of \(columns) x \(rows) needs as many numbers")
    (self.values, self.columns, self.rows) = (values, columns, rows)
  }

  /// The lines along which the grid has the value `level`, each as a chain of places; a closed line ends where it
  /// began. Cells with a corner that is not a number have no line.
  func lines(at level: Float) -> [[Vertex]] {
    guard columns > 1, rows > 1 else { return [] }
    var links = [Link](repeating: Link(), count: 2 * columns * rows)
    var used: [Int] = []
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 {
        for (from, to) in segments(column, row, level) {
          links[from].add(to)
          links[to].add(from)
          used.append(from)
          used.append(to)
        }
      }
    }
    // Open lines first, from one of their ends; what is left then are rings.
    var chains: [[Vertex]] = []
    for start in used where links[start].isEnd { chains.append(follow(start, &links, level)) }
    for start in used where links[start].first >= 0 { chains.append(follow(start, &links, level)) }
    return chains
  }

  /// The neighbours of a crossing on its line.
  private struct Link {
    var first: Int32 = -1
    var second: Int32 = -1
    var isEnd: Bool { first >= 0 && second < 0 }

    mutating func add(_ edge: Int) {
      if first < 0 { first = Int32(edge) } else { second = Int32(edge) }
    }

    mutating func remove(_ edge: Int) {
      if first == Int32(edge) { first = second }
      second = -1
    }
  }

  /// Walks a line and takes away what it walked over.
  private func follow(_ start: Int, _ links: inout [Link], _ level: Float) -> [Vertex] {
    var chain = [crossing(start, level)]
    var here = start
    while links[here].first >= 0 {
      let next = Int(links[here].first)
      links[here].remove(next)
      links[next].remove(here)
      here = next
      chain.append(crossing(here, level))
    }
    return chain
  }

  // -- Edges: number 2i goes from grid place i to its right neighbour, 2i + 1 to the one below it

  /// Pairs of crossed edges of one cell.
  private func segments(_ column: Int, _ row: Int, _ level: Float) -> [(Int, Int)] {
    let corner = row * columns + column
    let (a, b) = (values[corner], values[corner + 1])
    let (d, c) = (values[corner + columns], values[corner + columns + 1])
    guard (a + b + c + d).isFinite else { return [] }
    let up = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0)
    let (top, left) = (2 * corner, 2 * corner + 1)
    let (bottom, right) = (2 * (corner + columns), 2 * (corner + 1) + 1)
    switch up {
    case 1, 14: return [(left, top)]
    case 2, 13: return [(top, right)]
    case 4, 11: return [(right, bottom)]
    case 8, 7: return [(bottom, left)]
    case 3, 12: return [(left, right)]
    case 6, 9: return [(top, bottom)]
    case 5, 10:
      let isMiddleUp = (a + b + c + d) / 4 >= level
      return isMiddleUp == (up == 5) ? [(left, bottom), (top, right)] : [(left, top), (right, bottom)]
    default: return []
    }
  }

  private func crossing(_ edge: Int, _ level: Float) -> Vertex {
    let from = edge / 2
    let isHorizontal = edge % 2 == 0
    let (low, high) = (values[from], values[from + (isHorizontal ? 1 : columns)])
    let share = Double((level - low) / (high - low))
    let (x, y) = (Double(from % columns), Double(from / columns))
    return isHorizontal ? Vertex(x: x + share, y: y) : Vertex(x: x, y: y + share)
  }
}
