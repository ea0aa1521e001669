// A small shop with planted traps, in a real SQLite file, and its questions as the pipeline would
// put them to the verifier.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "idi/core/deadline.hpp"
#include "idi/core/result.hpp"
#include "idi/core/value.hpp"
#include "idi/db/database.hpp"
#include "idi/link/linker.hpp"
#include "idi/sql/ir.hpp"
#include "idi/verification/verifier.hpp"

namespace idi::verification::testing {

class Shop {
 public:
  /// `more` is run after the shop's own script.
  explicit Shop(const std::string& more = {});
  ~Shop();
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;

  [[nodiscard]] const link::Linker& linker() const { return *linker_; }
  [[nodiscard]] const Schema& schema() const { return linker_->schema(); }
  [[nodiscard]] db::Connection& connection() const { return *connection_; }

  /// As a tree. Throws if there are no words for it.
  [[nodiscard]] ir::Query tree(const std::string& sql) const;
  [[nodiscard]] ResultTable run(const std::string& sql) const;
  [[nodiscard]] ResultTable run(const ir::Query& query) const;

  /// What is found in the answer to a question, the query as a tree.
  [[nodiscard]] Verified verify(const std::string& question, const std::string& sql,
                                const VerifyLimits& limits = {}) const;
  [[nodiscard]] Verified verify(const std::string& question, const ir::Query& query,
                                const VerifyLimits& limits = {}) const;

 private:
  std::filesystem::path path_;
  std::unique_ptr<db::Database> database_;
  std::unique_ptr<db::Connection> connection_;
  std::shared_ptr<const link::Linker> linker_;
};

[[nodiscard]] const Finding* find(const Verified& verified, FindingKind kind);
/// The cells of a result in reading order, as people see them.
[[nodiscard]] std::vector<std::string> cells(const ResultTable& table);

}  // namespace idi::verification::testing
