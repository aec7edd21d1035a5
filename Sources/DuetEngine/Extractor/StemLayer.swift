// The first layer: 3x3, stride 2, from the bytes of a crop. A value; any thread, one scratch memory a call.
// Rows of bytes become rows of numbers once; the windows are read from those in place, never copied out.

import CKernels

/// A convolution of RGB bytes as a product of 27 inputs: three segments of nine floats, one a row of the window.
struct StemLayer: Sendable {
  let product: ProductLayer
  /// Pixels of a side of the crop and of the output.
  let side: Int
  let outputSide: Int
  private let padBefore: Int
  /// [3 * side]: what turns a byte of a row into the network's input.
  private let scale: FrozenFloats
  private let shift: FrozenFloats

  /// - Parameter product: 27 inputs in the order (y, x, channel).
  init(
    product: ProductLayer, side: Int, padding: NetworkDescription.Padding,
    normalisation: NetworkDescription.Normalisation
  ) {
    precondition(product.inputs == 27, "a window has 27 values")
    self.product = product
    self.side = side
    outputSide = (side + 1) / 2
    padBefore = padding.before(kernel: 3, stride: 2, input: side)
    scale = FrozenFloats((0..<3 * side).map { Float(1 / normalisation.deviation[$0 % 3]) })
    shift = FrozenFloats(
      (0..<3 * side).map { Float(-normalisation.mean[$0 % 3] / normalisation.deviation[$0 % 3]) })
  }

  /// A row of numbers, with its zeros: as many pixels as the windows of a row of outputs look at.
  private var rowFloats: Int { max((outputSide - 1) * 2 + 3, padBefore + side) * 3 }

  /// Scratch memory for `rows` rows of outputs.
  func scratchFloats(rows: Int) -> Int { (rows * 2 + 1) * rowFloats }

  /// Fills `scratch` with what the output rows `rows` look at.
  func load(_ crop: UnsafeBufferPointer<UInt8>, rows: Range<Int>, scratch: UnsafeMutableBufferPointer<Float>) {
    precondition(crop.count == side * side * 3, "the crop must be there")
    precondition(scratch.count >= scratchFloats(rows: rows.count), "the rows must fit")
    for place in 0..<rows.count * 2 + 1 {
      let row = rows.lowerBound * 2 - padBefore + place
      let target = UnsafeMutableBufferPointer(rebasing: scratch.from(place * rowFloats)[..<rowFloats])
      guard row >= 0, row < side else {
        target.update(repeating: 0)
        continue
      }
      target[..<(padBefore * 3)].update(repeating: 0)
      target[((padBefore + side) * 3)...].update(repeating: 0)
      scale.read { scale in
        shift.read { shift in
          ck_normalise(
            product.instructionSet.code, crop.from(row * side * 3).baseAddress, side * 3, scale.baseAddress,
            shift.baseAddress, target.from(padBefore * 3).baseAddress)
        }
      }
    }
  }

  /// Row `index` of the rows that `load` prepared, for some columns.
  func run(index: Int, columns: Range<Int>, scratch: UnsafeBufferPointer<Float>, to target: ProductLayer.Target) {
    product.run(
      pixels: outputSide, columns: columns,
      from: .init(
        memory: scratch.from(index * 2 * rowFloats), pixelStride: 6, segments: 3, length: 9, segmentStride: rowFloats),
      to: target, relu6: true)
  }
}
