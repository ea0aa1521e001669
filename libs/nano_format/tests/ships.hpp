// A database of ships and companies, and questions about it.
#pragma once

#include <string_view>

#include "idi/core/schema.hpp"
#include "idi/link/linked_question.hpp"

namespace idi::nano_format::testing {

/// ship(ship_id, name, tonnage, launched, company_id), company(company_id, name, listed).
[[nodiscard]] Schema ships();
/// Without WordNet and without cells.
[[nodiscard]] link::LinkedQuestion linked(std::string_view question, const Schema& schema);

}  // namespace idi::nano_format::testing
