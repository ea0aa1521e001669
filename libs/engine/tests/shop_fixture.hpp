// A small shop in a real SQLite file, for the tests of this room.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "idi/core/schema.hpp"
#include "idi/core/value.hpp"
#include "idi/engine/source.hpp"

namespace idi::engine::testing {

/// Writes the file in the test's temporary folder; removed with the object.
class ShopFile {
 public:
  ShopFile();
  ~ShopFile();
  ShopFile(const ShopFile&) = delete;
  ShopFile& operator=(const ShopFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  void run(const std::string& script) const;

 private:
  std::filesystem::path path_;
};

/// Opened without cache and without WordNet.
[[nodiscard]] std::shared_ptr<const Source> open_source(const ShopFile& file);

/// What a statement gives, run as an answer's would be. Throws if it does not run.
[[nodiscard]] ResultTable rows_of(const Source& source, const std::string& sql);

/// The schema of the file, without a file.
[[nodiscard]] Schema shop_schema();

}  // namespace idi::engine::testing
