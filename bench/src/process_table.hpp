// Whole runs of the program, from its start to its end, as a table in Markdown.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::bench {

/// A database and one question about it.
struct AskedDatabase {
  std::string label;
  std::filesystem::path path;
  std::string question;
};

struct ProcessOptions {
  std::filesystem::path program;
  std::filesystem::path model;
  std::filesystem::path cache;  ///< Becomes XDG_CACHE_HOME of the runs; emptied.
  std::vector<AskedDatabase> databases;
  int runs = 15;
};

/// All commands take turns, so that what disturbs the machine disturbs them alike.
[[nodiscard]] Result<std::string> process_table(const ProcessOptions& options);

}  // namespace idi::bench
