// A database made ready for questions: its schema with keys completed, its value index, its linker.
// Opened once, shared by every pipeline that asks it. Immutable and thread-safe after opening,
// except that each pipeline opens a connection of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "idi/answerability/answerability.hpp"
#include "idi/core/result.hpp"
#include "idi/core/schema.hpp"
#include "idi/db/database.hpp"
#include "idi/link/linker.hpp"
#include "idi/link/value_index.hpp"
#include "idi/link/wordnet.hpp"
#include "idi/temporal/calendar.hpp"

namespace idi::engine {

struct SourceOptions {
  /// Where the value index is kept; empty: in memory only.
  std::filesystem::path cache_directory;
  std::shared_ptr<const link::WordNet> wordnet = link::WordNet::none();
  link::ValueIndexLimits value_limits;
  /// What "last month" is.
  temporal::Calendar calendar;
  /// Given the schema as introspected, before anything is made of it: to put in natural names and
  /// keys that are known from elsewhere. May be empty.
  std::function<void(Schema&)> describe;
  /// Given the linker, returns the one to be used: for measuring what linking is worth. May be
  /// empty.
  std::function<std::shared_ptr<const link::Linker>(std::shared_ptr<const link::Linker>)>
      replace_linker;
};

class SchemaNames;  // of this room alone

class Source {
 public:
  /// Errors: those of the database; unanswerable if it has no table.
  static Result<std::shared_ptr<Source>> open(std::shared_ptr<db::Database> database,
                                              const SourceOptions& options, std::stop_token stop);

  [[nodiscard]] const Schema& schema() const { return linker_->schema(); }
  [[nodiscard]] const link::Linker& linker() const { return *linker_; }
  [[nodiscard]] db::Database& database() const { return *database_; }
  /// Whether a question can be answered from it.
  [[nodiscard]] const answerability::Judge& judge() const { return judge_; }
  /// For understanding questions.
  [[nodiscard]] const SchemaNames& names() const { return *names_; }

 private:
  Source(std::shared_ptr<db::Database> database, std::shared_ptr<const link::Linker> linker);
  std::shared_ptr<db::Database> database_;
  std::shared_ptr<const link::Linker> linker_;
  std::shared_ptr<const SchemaNames> names_;
  answerability::Judge judge_;
};

/// "shop: customers, orders, products, … (12 tables)": what can be asked about, for hints.
[[nodiscard]] std::string describe_contents(const Schema& schema);

}  // namespace idi::engine
