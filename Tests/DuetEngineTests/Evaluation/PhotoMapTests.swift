// The map: directions known by hand, neighbours that stay neighbours, the same map every time, a place for a new photo.

import Testing

@testable import DuetEngine

@Suite struct PhotoMapTests {
  /// Three tight groups far from each other.
  private func groups(_ perGroup: Int = 20, dimension: Int = 30) -> TrainingSet {
    var random = SplitMix64(seed: 9)
    var features: [Float] = []
    for row in 0..<3 * perGroup {
      features += (0..<dimension).map { column in
        (column % 3 == row / perGroup ? 3 : 0) + Float.random(in: 0...0.5, using: &random)
      }
    }
    return TrainingSet(
      categories: [CategoryID(1), CategoryID(2), CategoryID(3)], photos: (0..<3 * perGroup).map { PhotoID(Int64($0)) },
      labels: (0..<3 * perGroup).map { $0 / perGroup }, features: features, dimension: dimension)
  }

  private func distance(_ a: PhotoMap.Point, _ b: PhotoMap.Point) -> Double {
    ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
  }

  /// Points on a cross: the long arm is the first direction, the short one the second. Once with fewer rows than
  /// columns, once with more: two ways to the same answer.
  @Test(arguments: [5, 12]) func principalComponentsOfACross(dimension: Int) {
    let offsets: [(Float, Float)] = [(3, 0), (-3, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (0, 0.5), (0, -0.5)]
    let rows = offsets.flatMap { long, short -> [Float] in
      var row = [Float](repeating: 0.5, count: dimension)
      row[3] += long
      row[1] += short
      return row
    }
    let components = PrincipalComponents(rows, count: 8, dimension: dimension)
    for (index, offset) in offsets.enumerated() {
      let point = components.project(rows[index * dimension..<(index + 1) * dimension])
      #expect(abs(point.x - offset.0) < 1e-4 && abs(point.y - offset.1) < 1e-4)
    }
  }

  @Test func photosThatAreAllTheSameLieInTheMiddle() throws {
    let set = TrainingSet(
      categories: [CategoryID(1)], photos: [PhotoID(1), PhotoID(2)], labels: [0, 0], features: [1, 2, 1, 2],
      dimension: 2)
    for layout in PhotoMap.Layout.allCases {
      let map = try PhotoMap(set, layout: layout)
      #expect(map.places.allSatisfy { abs($0.point.x - 0.5) < 0.5 && $0.point.x.isFinite && $0.point.y.isFinite })
    }
    let none = TrainingSet(categories: [], photos: [], labels: [], features: [], dimension: 4)
    #expect(try PhotoMap(none, layout: .neighbours).places.isEmpty)
  }

  @Test(arguments: PhotoMap.Layout.allCases) func groupsStayApartAndTheSheetHoldsThem(layout: PhotoMap.Layout) throws {
    let set = groups()
    let map = try PhotoMap(set, layout: layout)
    #expect(map.places.map(\.photo) == set.photos)
    for place in map.places {
      #expect((0...1).contains(place.point.x) && (0...1).contains(place.point.y))
      let nearest = map.places.filter { $0.photo != place.photo }
        .min { distance($0.point, place.point) < distance($1.point, place.point) }
      #expect(nearest?.category == place.category)
    }
    #expect(try PhotoMap(set, layout: layout).places == map.places, "the same photos, the same map")
  }

  @Test(arguments: PhotoMap.Layout.allCases) func aNewPhotoLiesAmongItsKind(layout: PhotoMap.Layout) throws {
    let set = groups()
    let map = try PhotoMap(set, layout: layout)
    let point = try #require(map.place(Array(set.features[25 * 30..<26 * 30])))
    #expect(distance(point, map.places[25].point) < 0.05, "a copy lies where its original is")
    #expect(map.place([1, 2]) == nil)
  }

  @Test func nearestRowsAreExact() throws {
    let set = SyntheticPhotos(counts: [150, 140], dimension: 7, seed: 8).set
    let cosines = FeatureCosines(set)
    let found = try cosines.nearest(6)
    func cosine(_ a: Int, _ b: Int) -> Float {
      (0..<7).reduce(0) { $0 + cosines.rows[a * 7 + $1] * cosines.rows[b * 7 + $1] }
    }
    for row in stride(from: 0, to: 290, by: 13) {
      let sorted = (0..<290).filter { $0 != row }.map { cosine(row, $0) }.sorted(by: >)
      for place in 0..<6 { #expect(abs(found[row * 6 + place].cosine - sorted[place]) < 1e-5) }
    }
    let pairs = try cosines.pairs(atLeast: 0.95)
    let expected = (0..<290).reduce(0) { sum, a in sum + (0..<a).count { cosine(a, $0) >= 0.95 } }
    #expect(!pairs.isEmpty && pairs.count == expected)
  }

  /// In a map of real photos most of the five nearest on the sheet are of one category, as in the features.
  @Test(.enabled(if: SharedPhotos.areThere, SharedPhotos.needs)) func neighboursOfRealPhotosStayNeighbours() throws {
    let set = try SharedPhotos.grocery.get().set
    func share(_ layout: PhotoMap.Layout) throws -> Double {
      let places = try PhotoMap(set, layout: layout).places
      var same = 0
      for place in places {
        same += places.filter { $0.photo != place.photo }
          .sorted { distance($0.point, place.point) < distance($1.point, place.point) }.prefix(5)
          .count { $0.category == place.category }
      }
      return Double(same) / Double(places.count * 5)
    }
    let (principal, neighbours) = (try share(.principal), try share(.neighbours))
    print("map: neighbours of the same category: principal \(principal), neighbours \(neighbours)")
    #expect(neighbours >= 0.85 && neighbours > principal)
  }
}
