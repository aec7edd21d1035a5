// What the person looks at and does on the plane; nothing of it is kept. Main actor.

import DuetEngine
import Observation

@MainActor @Observable final class PlaneChoices {
  /// The point that was clicked, or that the keyboard is at.
  var focused: BoundaryPoint.ID?
  var tool = PlaneScene.Tool.arrows
  var quantity = FieldColours.Quantity.probability
}
