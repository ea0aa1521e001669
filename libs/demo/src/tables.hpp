// The demo's tables: their definitions, and writing the shop into them.
#pragma once

#include <functional>

#include "idi/core/result.hpp"
#include "idi/sqlite/connection.hpp"
#include "shop.hpp"

namespace idi::demo {

Status create_tables(sqlite::Connection& connection);
/// After the rows: faster, and the same result.
Status create_indices(sqlite::Connection& connection);
/// Everything but the sales.
Status write_shop(sqlite::Connection& connection, const Shop& shop);

/// Makes the sales and writes them. `on_day` gets the share of days done; its error ends the work.
Status write_sales(sqlite::Connection& connection, const Shop& shop, std::uint64_t seed,
                   const std::function<Status(double)>& on_day);

}  // namespace idi::demo
