// `idi data synth`, without the parsing of options: reads pairs and schemas, writes JSON lines of
// {db_id, question, query}. Exit codes: 0 done, 1 failed (the error is printed), 130 interrupted.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/dataset/database_catalog.hpp"
#include "idi/synth/synth.hpp"

namespace idi::synth {

struct SynthCommandOptions {
  std::vector<std::filesystem::path> pairs;  ///< Files of real pairs (templates come from them).
  dataset::CatalogOptions catalog;
  dataset::SchemaNames names = dataset::SchemaNames::overlay;
  std::set<std::string> without;    ///< Databases that are neither learnt from nor written about.
  std::set<std::string> databases;  ///< Written about, beside those of the pairs.
  /// Databases to invent: written into the catalogue's folder, and written about.
  int invented = 0;
  std::filesystem::path out;  ///< JSON lines; written beside and renamed.
  SynthOptions synth;
};

int run_synth_command(const SynthCommandOptions& options, std::ostream& out, std::ostream& errors,
                      std::stop_token stop);

}  // namespace idi::synth
