// The explanations of answers, under the engine's own name.
#pragma once

#include "idi/explanation/explanation.hpp"

namespace idi::engine {

using explanation::explain;
using explanation::explain_without_tree;

}  // namespace idi::engine
