// Spider's files as the tests of this room need them: schemas, queries, databases.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "idi/core/schema.hpp"

namespace idi::sql::testing {

/// IDI_DATA or ../shared/data; nullopt where it is absent.
[[nodiscard]] std::optional<std::filesystem::path> data_folder();

/// tables.json by database; keys inferred from names are added to the declared ones.
[[nodiscard]] std::map<std::string, Schema> load_schemas(const std::filesystem::path& tables_json);

struct GoldQuery {
  std::string database;
  std::string question;
  std::string sql;
};
[[nodiscard]] std::vector<GoldQuery> load_queries(const std::filesystem::path& json);

}  // namespace idi::sql::testing
