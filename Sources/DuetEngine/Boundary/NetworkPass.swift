// One pass of rows through a network: logits, the logits' gradients by the features, and, backwards, the gradient of
// any loss of both by the weights. A value that one thread uses; sizes are checked once, at the start.
//
// A loss L(z, g) of logits z and input gradients g = ∂z/∂x has ∂L/∂w = Σ (∂L/∂z) ∂z/∂w + (∂L/∂g)·∂g/∂w. The last
// factor is a second derivative. It is had without forming it: with t = ∂L/∂g held fixed, t·g is the derivative of z
// along t, which one forward pass of tangents computes; going backwards through both passes gives its gradient.

import COpenBLAS

struct NetworkPass {
  let network: BoundaryNetwork
  let count: Int
  /// [count] logits.
  private(set) var logits: [Double]
  /// [count, inputs], or empty where they were not asked for.
  private(set) var inputGradients: [Double] = []
  /// What entered each layer: rows, then hidden values [count, size].
  private var values: [[Double]]

  init(_ network: BoundaryNetwork, rows: [Double], withGradients: Bool) {
    precondition(rows.count.isMultiple(of: network.inputs))
    LinearAlgebra.useOneThread
    self.network = network
    count = rows.count / network.inputs
    values = [rows]
    for layer in 0..<network.layers - 1 {
      var next = Self.affine(network, layer, values[layer], count, withBias: true)
      BoundaryNetwork.tanh(&next)
      values.append(next)
    }
    logits = Self.affine(network, network.layers - 1, values[network.layers - 1], count, withBias: true)
    if withGradients { inputGradients = gradientsByInput() }
  }

  /// rows W^T (+ b): [count, inputs] to [count, outputs].
  private static func affine(
    _ network: BoundaryNetwork, _ layer: Int, _ rows: [Double], _ count: Int, withBias: Bool
  ) -> [Double] {
    let (inputs, outputs) = (network.sizes[layer], network.sizes[layer + 1])
    var result = [Double](repeating: 0, count: count * outputs)
    guard count > 0 else { return result }
    network.parameters.withUnsafeBufferPointer { parameters in
      guard let base = parameters.baseAddress else { return }
      let bias = base + network.biasOffset(layer)
      result.withUnsafeMutableBufferPointer { result in
        if withBias {
          for row in 0..<count { for unit in 0..<outputs { result[row * outputs + unit] = bias[unit] } }
        }
        cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, blasint(count), blasint(outputs), blasint(inputs), 1, rows,
          blasint(inputs), base + network.weightOffset(layer), blasint(inputs), 1, result.baseAddress,
          blasint(outputs))
      }
    }
    return result
  }

  /// rows W: [count, outputs] back to [count, inputs].
  private func back(_ layer: Int, _ rows: [Double]) -> [Double] {
    let (inputs, outputs) = (network.sizes[layer], network.sizes[layer + 1])
    var result = [Double](repeating: 0, count: count * inputs)
    guard count > 0 else { return result }
    network.parameters.withUnsafeBufferPointer { parameters in
      guard let base = parameters.baseAddress else { return }
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(count), blasint(inputs), blasint(outputs), 1, rows,
        blasint(outputs), base + network.weightOffset(layer), blasint(inputs), 0, &result, blasint(inputs))
    }
    return result
  }

  private func gradientsByInput() -> [Double] {
    var adjoint = [Double](repeating: 1, count: count)
    for layer in stride(from: network.layers - 1, through: 0, by: -1) {
      adjoint = back(layer, adjoint)
      if layer > 0 { Self.multiplyBySlope(&adjoint, values[layer]) }
    }
    return adjoint
  }

  /// adjoint *= 1 - h², the slope of tanh where its value is h.
  private static func multiplyBySlope(_ adjoint: inout [Double], _ values: [Double]) {
    adjoint.withUnsafeMutableBufferPointer { adjoint in
      values.withUnsafeBufferPointer { values in
        for i in 0..<adjoint.count { adjoint[i] *= 1 - values[i] * values[i] }
      }
    }
  }

  /// Adds to `gradient` (laid out as the network's parameters) the derivative of
  /// Σ_rows logitSlopes·z + gradientSlopes·g by the parameters, the slopes held fixed.
  ///
  /// - Parameter gradientSlopes: [count, inputs], or empty for a loss of the logits alone.
  func addGradient(logitSlopes: [Double], gradientSlopes: [Double] = [], to gradient: inout [Double]) {
    precondition(logitSlopes.count == count && gradient.count == network.parameters.count)
    precondition(gradientSlopes.isEmpty || gradientSlopes.count == count * network.inputs)
    guard count > 0 else { return }
    let last = network.layers - 1
    // Forward: tangents before tanh, and what enters each layer.
    var inner: [[Double]] = []
    var tangents: [[Double]] = gradientSlopes.isEmpty ? [] : [gradientSlopes]
    if !gradientSlopes.isEmpty {
      for layer in 0..<last {
        var tangent = Self.affine(network, layer, tangents[layer], count, withBias: false)
        inner.append(tangent)
        Self.multiplyBySlope(&tangent, values[layer + 1])
        tangents.append(tangent)
      }
    }
    // Backward through both at once.
    var adjoint = logitSlopes
    var tangentAdjoint = gradientSlopes.isEmpty ? [] : [Double](repeating: 1, count: count)
    for layer in stride(from: last, through: 0, by: -1) {
      if layer < last {
        let values = values[layer + 1]
        if !tangentAdjoint.isEmpty {
          Self.addCurvature(to: &adjoint, values, inner[layer], tangentAdjoint)
          Self.multiplyBySlope(&tangentAdjoint, values)
        }
        Self.multiplyBySlope(&adjoint, values)
      }
      addOuterProduct(layer, adjoint, values[layer], to: &gradient)
      addSum(layer, adjoint, to: &gradient)
      if !tangentAdjoint.isEmpty { addOuterProduct(layer, tangentAdjoint, tangents[layer], to: &gradient) }
      if layer > 0 {
        adjoint = back(layer, adjoint)
        if !tangentAdjoint.isEmpty { tangentAdjoint = back(layer, tangentAdjoint) }
      }
    }
  }

  /// adjoint -= 2 h ȧ tangentAdjoint: how the slope 1 - h² itself changes with h.
  private static func addCurvature(
    to adjoint: inout [Double], _ values: [Double], _ inner: [Double], _ tangentAdjoint: [Double]
  ) {
    adjoint.withUnsafeMutableBufferPointer { adjoint in
      values.withUnsafeBufferPointer { values in
        inner.withUnsafeBufferPointer { inner in
          tangentAdjoint.withUnsafeBufferPointer { tangentAdjoint in
            for i in 0..<adjoint.count { adjoint[i] -= 2 * values[i] * inner[i] * tangentAdjoint[i] }
          }
        }
      }
    }
  }

  /// Weights' part: gradient += adjoint^T rows.
  private func addOuterProduct(_ layer: Int, _ adjoint: [Double], _ rows: [Double], to gradient: inout [Double]) {
    let (inputs, outputs) = (network.sizes[layer], network.sizes[layer + 1])
    gradient.withUnsafeMutableBufferPointer { gradient in
      guard let base = gradient.baseAddress else { return }
      cblas_dgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, blasint(outputs), blasint(inputs), blasint(count), 1, adjoint,
        blasint(outputs), rows, blasint(inputs), 1, base + network.weightOffset(layer), blasint(inputs))
    }
  }

  /// Biases' part: gradient += column sums of adjoint.
  private func addSum(_ layer: Int, _ adjoint: [Double], to gradient: inout [Double]) {
    let outputs = network.sizes[layer + 1]
    let offset = network.biasOffset(layer)
    gradient.withUnsafeMutableBufferPointer { gradient in
      adjoint.withUnsafeBufferPointer { adjoint in
        for row in 0..<count { for unit in 0..<outputs { gradient[offset + unit] += adjoint[row * outputs + unit] } }
      }
    }
  }
}
