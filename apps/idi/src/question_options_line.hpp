// Options that every command that asks a file of questions has.
#pragma once

#include "idi/eval/options.hpp"

namespace CLI {
class App;
}  // namespace CLI

namespace idi::cli {

/// --only NAMES
void add_only(CLI::App* command, eval::EvalOptions& options);

}  // namespace idi::cli
