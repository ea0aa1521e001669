// Questions with gold SQL → the trainer's file of examples (model_io/example_file.hpp), or only the
// figures about them. Runs on several threads; the outcome does not depend on their number.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "idi/core/result.hpp"
#include "idi/dataset/database_catalog.hpp"
#include "idi/dataset/example_builder.hpp"

namespace idi::dataset {

struct ExportSource {
  std::string name;  ///< "spider"; the trainer weighs and holds out by it.
  std::filesystem::path file;
  SchemaNames names = SchemaNames::overlay;
  /// Its gold queries' text literals count as cells (DatabaseCatalog::add_query_cells): for
  /// training data only, never for validation.
  bool gives_cells = false;
  /// Pairs with a value that nothing in the question leads to are left out.
  bool only_found = false;
};

/// "NAME=FILE[,overlay|,plain][,cells][,found]": how tables and columns are named (overlay),
/// whether its queries give cells (they do not), whether all values must be found (they need not).
/// Errors: invalid_argument.
[[nodiscard]] Result<ExportSource> parse_source(std::string_view text);

struct ExportOptions {
  std::vector<ExportSource> sources;
  CatalogOptions catalog;
  /// The example file. A vocabulary is written beside it: FILE.vocabulary.
  std::filesystem::path out;
  /// A vocabulary file of an earlier export, so that ids agree; empty: made from these questions.
  std::filesystem::path vocabulary_from;
  int min_word_count = 3;  ///< Rarer words have no place in a new vocabulary.
  std::int64_t limit = 0;  ///< Questions per source; 0: all.
  int threads = 2;
  int kept_samples = 0;  ///< Examples of each fault to keep in the report.
};

/// A question that shows a fault or a success, for people.
struct ExportSample {
  std::string db_id, question, query;
  std::string detail;  ///< The reason, the values, or the tokens.
};

struct ExportFigures {
  std::int64_t questions = 0;
  std::int64_t exported = 0;
  std::array<std::int64_t, skip_reason_count> skipped{};
  std::int64_t pointed = 0, constant = 0, resolvable = 0, unresolvable = 0;  ///< Literals.
  std::int64_t with_any = 0;           ///< Examples in which at least one literal is `any`.
  std::int64_t with_unresolvable = 0;  ///< … that the value resolver cannot find.
  std::int64_t with_join_hint = 0;     ///< … with ON: keys alone would join otherwise.
  std::int64_t nodes = 0, steps = 0, words = 0;  ///< Sums over the exported.
  std::int64_t max_nodes = 0, max_steps = 0;

  void add(const ExportFigures& other);
  void add(const tl::expected<BuiltExample, Skipped>& outcome);
};

struct ExportReport {
  ExportFigures total;
  std::vector<std::pair<std::string, ExportFigures>> by_source;
  int databases = 0;
  int vocabulary_size = 0;
  std::chrono::milliseconds elapsed{0};
  std::array<std::vector<ExportSample>, skip_reason_count> skipped_samples;
  std::vector<ExportSample> any_samples;
  std::vector<ExportSample> exported_samples;

  /// For a terminal.
  [[nodiscard]] std::string to_text() const;
};

struct ExportProgress {
  std::int64_t done = 0, total = 0;
  std::chrono::seconds left{0};  ///< Estimate.
};
/// Called now and then from one thread.
using ProgressFunction = std::function<void(const ExportProgress&)>;

/// Errors: invalid_argument, not_found, unreadable (questions, databases, vocabulary), io_failed,
/// cancelled. A file that was not finished is removed.
[[nodiscard]] Result<ExportReport> export_examples(const ExportOptions& options,
                                                   const ProgressFunction& progress,
                                                   std::stop_token stop);

/// The same figures without a file and without a vocabulary. `options.out` is not used.
[[nodiscard]] Result<ExportReport> measure_coverage(const ExportOptions& options,
                                                    const ProgressFunction& progress,
                                                    std::stop_token stop);

}  // namespace idi::dataset
