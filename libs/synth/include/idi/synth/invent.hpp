// Invented databases: small businesses with tables, keys and a few rows each, named as many ways as
// people name things (order_date, ordered_on, placed_at …). They give the parser schemas that the
// published data lacks: several dates in a table, money beside other money, lines of orders.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/result.hpp"

namespace idi::synth {

/// SQL (SQLite) that creates and fills one database. The same seed gives the same text.
[[nodiscard]] std::string invent_database(std::uint64_t seed);

inline constexpr int max_invented = 10'000;

/// Writes NAME/NAME.sqlite into the folder for each, in place of what is there under that name, and
/// returns the names. REQUIRES: 0 <= count <= max_invented.
[[nodiscard]] Result<std::vector<std::string>> write_invented_databases(
    const std::filesystem::path& folder, int count, std::uint64_t seed, std::stop_token stop);

}  // namespace idi::synth
