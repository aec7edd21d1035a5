// The sentence for a person behind an error of any boundary of the engine. Pure; any thread.

import DuetEngine
import Foundation

/// What to show for `error`: the boundary's own sentence, or the system's where there is none.
func sentence(for error: any Error) -> String {
  switch error {
  case let error as ProjectError: error.message
  case let error as ExtractorError: error.message
  case let error as PhotoError: error.message
  case let error as TrainingError: error.message
  default: error.localizedDescription
  }
}
