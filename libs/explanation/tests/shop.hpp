// A shop with a few cells, linked: what the tests here talk about.
#pragma once

#include <memory>

#include "idi/link/linker.hpp"

namespace idi::explanation::testing {

[[nodiscard]] Schema shop_schema();
[[nodiscard]] std::shared_ptr<const link::Linker> shop_linker();

}  // namespace idi::explanation::testing
