// SQLite: the project file.
#pragma once
#include <sqlite3.h>
