// The questions of all sources as pieces of work: a few hundred questions of one database and one
// way of naming, so that a linker is made once and the examples of a database lie together.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/dataset/export.hpp"
#include "idi/dataset/questions.hpp"

namespace idi::dataset {

struct WorkItem {
  std::uint16_t source = 0;
  QuestionRecord record;
};

struct WorkPiece {
  std::uint16_t database = 0;
  SchemaNames names = SchemaNames::overlay;
  bool last_of_database = false;
  std::vector<WorkItem> items;
};

struct WorkList {
  std::vector<std::string> databases;  ///< Sorted.
  std::vector<WorkPiece> pieces;       ///< By database, names, source, then as in the file.
  std::int64_t questions = 0;
};

/// Errors: those of read_questions; limit_exceeded for more than 65 535 sources or databases.
[[nodiscard]] Result<WorkList> make_work_list(const ExportOptions& options);

}  // namespace idi::dataset
