// The options that say who writes SQL, the same for every command that asks. Private to the files
// that know the option parser.
#pragma once

#include "options.hpp"

namespace CLI {
class App;
}

namespace idi::cli {

/// --parser, --model, --llm, --llm-key-file, --llm-model, --policy. `model_in_use`: what
/// `idi model use` chose is meant where nothing is said.
void add_engine_options(CLI::App& command, EngineOptions& options, bool model_in_use = true);

}  // namespace idi::cli
