import CGtk
import DuetEngine
