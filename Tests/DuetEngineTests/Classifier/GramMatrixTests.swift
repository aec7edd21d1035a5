// Dot products, kernel, gamma and cosines on numbers that can be checked in the head.

import COpenBLAS
import Foundation
import Testing

@testable import DuetEngine

@Suite struct GramMatrixTests {
  private let gram = GramMatrix.dotProducts(of: [1, 2, 3, 4, 0, 0], count: 3, dimension: 2)

  @Test func dotProductsAreSymmetric() {
    #expect(gram.values == [5, 11, 0, 11, 25, 0, 0, 0, 0])
  }

  /// With more threads the split of a sum, and with it the last bit, could depend on the machine's load.
  @Test func openBLASStaysOnOneThread() {
    #expect(LinearAlgebra.product([1, 2], rows: 1, columns: 2, [3, 4]) == [11])
    #expect(openblas_get_num_threads() == 1)
  }

  /// |(1,2) - (3,4)|^2 = 8, |(1,2)|^2 = 5, |(3,4)|^2 = 25.
  @Test func kernelIsExpOfMinusGammaTimesSquaredDistance() {
    let kernel = gram.rbf(gamma: 0.1)
    #expect(kernel[0, 0] == 1 && kernel[1, 1] == 1 && kernel[2, 2] == 1)
    #expect(abs(kernel[0, 1] - Float(exp(-0.8))) < 1e-6)
    #expect(abs(kernel[2, 0] - Float(exp(-0.5))) < 1e-6)
    #expect(kernel[1, 2] == kernel[2, 1])
  }

  @Test func cosinesAreZeroForARowOfZeros() {
    let cosines = gram.cosines()
    #expect(abs(cosines[0, 1] - Float(11 / 125.0.squareRoot())) < 1e-6)
    #expect(cosines[2, 0] == 0 && cosines[2, 2] == 0)
  }

  /// 1, 2, 3, 4: variance 5/4; dimension 2: gamma = 1 / (2 x 1.25).
  @Test func gammaScale() {
    #expect(Gamma.scale([1, 2, 3, 4], dimension: 2) == 0.4)
    #expect(Gamma.scale([7, 7], dimension: 2) == 1)
  }
}
