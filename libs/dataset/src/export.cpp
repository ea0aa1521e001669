#include "idi/dataset/export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "idi/core/text.hpp"
#include "idi/dataset/vocabulary_builder.hpp"
#include "idi/model_io/example_file.hpp"
#include "ordered_workers.hpp"
#include "work_list.hpp"

namespace idi::dataset {
namespace {

using Clock = std::chrono::steady_clock;
using Outcome = tl::expected<BuiltExample, Skipped>;

constexpr int max_threads = 64;
constexpr std::size_t pieces_ahead_per_thread = 4;

/// What a piece of work gives: small, even for many examples' worth of matrices.
struct PieceResult {
  std::vector<model_io::TrainingExample> examples;
  std::vector<ExportFigures> figures;  ///< By source.
  std::array<std::vector<ExportSample>, skip_reason_count> skipped;
  std::vector<ExportSample> any, exported;
};

std::string any_detail(const BuiltExample& built) {
  return fmt::format(
      "{} of its values {}; {}", built.any_literals.size(),
      built.values.unresolvable > 0 ? "cannot be found" : "are found by the resolver",
      fmt::join(built.any_literals, "; "));
}

class Export {
 public:
  using Consume = std::function<Status(std::vector<model_io::TrainingExample>&&)>;

  Export(const ExportOptions& options, const ProgressFunction& progress, std::stop_token stop)
      : options_(options), progress_(progress), stop_(std::move(stop)) {}

  Status prepare() {
    if (options_.threads < 1 || options_.threads > max_threads || options_.limit < 0 ||
        options_.min_word_count < 1) {
      return make_error(
          ErrorCode::invalid_argument, "a number is out of range",
          fmt::format("threads: 1 to {}; limit and counts: not negative", max_threads));
    }
    IDI_TRY(list_, make_work_list(options_));
    IDI_TRY(catalog_, DatabaseCatalog::open(options_.catalog));
    add_query_cells();
    report_.databases = static_cast<int>(list_.databases.size());
    for (const ExportSource& source : options_.sources) {
      report_.by_source.emplace_back(source.name, ExportFigures{});
    }
    return {};
  }

  Result<parser::Vocabulary> vocabulary() {
    if (!options_.vocabulary_from.empty()) return read_vocabulary(options_.vocabulary_from);
    VocabularyBuilder builder;
    std::optional<std::pair<std::uint16_t, SchemaNames>> last;
    for (const WorkPiece& piece : list_.pieces) {
      for (const WorkItem& item : piece.items) builder.add_text(item.record.question);
      if (last == std::pair{piece.database, piece.names}) continue;
      last = std::pair{piece.database, piece.names};
      const std::string& db_id = list_.databases[piece.database];
      IDI_TRY(const auto linker, linker_of(db_id, piece.names));
      builder.add_schema(linker->schema());
    }
    return builder.build(options_.min_word_count);
  }

  [[nodiscard]] const WorkList& list() const { return list_; }

  Result<ExportReport> run(const parser::Vocabulary& vocabulary, const Consume& consume) {
    const auto begin = Clock::now();
    report_.vocabulary_size = vocabulary.size();
    std::int64_t done = 0;
    const auto produce = [&](std::size_t i) { return build_piece(list_.pieces[i], vocabulary); };
    const auto take = [&](std::size_t i, PieceResult&& result) -> Status {
      merge(result);
      const WorkPiece& piece = list_.pieces[i];
      if (piece.last_of_database) catalog_->release(list_.databases[piece.database]);
      IDI_CHECK(consume(std::move(result.examples)));
      done += static_cast<std::int64_t>(piece.items.size());
      report_progress(done, Clock::now() - begin);
      return {};
    };
    IDI_CHECK(run_in_order<PieceResult>(
        list_.pieces.size(), options_.threads,
        pieces_ahead_per_thread * static_cast<std::size_t>(options_.threads), produce, take));
    for (const auto& [name, figures] : report_.by_source) report_.total.add(figures);
    report_.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
    return std::move(report_);
  }

 private:
  Result<std::shared_ptr<const link::Linker>> linker_of(const std::string& db_id,
                                                        SchemaNames names) {
    if (stop_.stop_requested()) return make_error(ErrorCode::cancelled, "the export was stopped");
    auto linker = catalog_->linker(db_id, names, stop_);
    if (!linker) return linker.error().with_context(db_id);
    return std::move(*linker);
  }

  void add_query_cells() {
    std::vector<std::vector<std::string>> queries(list_.databases.size());
    for (const WorkPiece& piece : list_.pieces) {
      for (const WorkItem& item : piece.items) {
        if (!options_.sources[item.source].gives_cells) continue;
        queries[piece.database].push_back(item.record.query);
      }
    }
    for (std::size_t i = 0; i < queries.size(); ++i) {
      if (queries[i].empty()) continue;
      std::sort(queries[i].begin(), queries[i].end());
      queries[i].erase(std::unique(queries[i].begin(), queries[i].end()), queries[i].end());
      catalog_->add_query_cells(list_.databases[i], std::move(queries[i]));
    }
  }

  Result<PieceResult> build_piece(const WorkPiece& piece, const parser::Vocabulary& vocabulary) {
    IDI_TRY(const auto linker, linker_of(list_.databases[piece.database], piece.names));
    PieceResult result;
    result.figures.resize(options_.sources.size());
    for (const WorkItem& item : piece.items) {
      if (stop_.stop_requested()) return make_error(ErrorCode::cancelled, "the export was stopped");
      Outcome outcome = build_example(item.record.question, item.record.query, *linker, vocabulary);
      if (options_.sources[item.source].only_found && outcome && outcome->values.unresolvable > 0) {
        outcome = tl::unexpected(Skipped{SkipReason::no_value, any_detail(*outcome)});
      }
      result.figures[item.source].add(outcome);
      keep_samples(item.record, outcome, linker->schema(), result);
      if (!outcome) continue;
      outcome->example.source = item.source;
      outcome->example.database = piece.database;
      result.examples.push_back(std::move(outcome->example));
    }
    return result;
  }

  void keep_samples(const QuestionRecord& record, const Outcome& outcome, const Schema& schema,
                    PieceResult& result) const {
    const auto keep = [&](std::vector<ExportSample>& samples, std::string detail) {
      if (samples.size() >= static_cast<std::size_t>(std::max(options_.kept_samples, 0))) return;
      samples.push_back({record.db_id, record.question, record.query, std::move(detail)});
    };
    if (options_.kept_samples <= 0) return;
    if (!outcome) {
      keep(result.skipped[static_cast<std::size_t>(outcome.error().reason)],
           outcome.error().detail);
    } else {
      if (!outcome->any_literals.empty()) keep(result.any, any_detail(*outcome));
      keep(result.exported, ir::to_text(outcome->tokens, schema));
    }
  }

  void merge(PieceResult& result) {
    for (std::size_t i = 0; i < result.figures.size(); ++i) {
      report_.by_source[i].second.add(result.figures[i]);
    }
    // Two from each piece at most, so that the samples show many databases.
    const auto take = [&](std::vector<ExportSample>& into, std::vector<ExportSample>& from) {
      for (std::size_t i = 0; i < std::min<std::size_t>(from.size(), 2); ++i) {
        if (into.size() >= static_cast<std::size_t>(std::max(options_.kept_samples, 0))) return;
        into.push_back(std::move(from[i]));
      }
    };
    for (std::size_t i = 0; i < result.skipped.size(); ++i) {
      take(report_.skipped_samples[i], result.skipped[i]);
    }
    take(report_.any_samples, result.any);
    take(report_.exported_samples, result.exported);
  }

  void report_progress(std::int64_t done, Clock::duration elapsed) const {
    if (!progress_ || done == 0) return;
    const auto left = elapsed * (list_.questions - done) / done;
    progress_({done, list_.questions, std::chrono::duration_cast<std::chrono::seconds>(left)});
  }

  const ExportOptions& options_;
  const ProgressFunction& progress_;
  std::stop_token stop_;
  WorkList list_;
  std::shared_ptr<DatabaseCatalog> catalog_;
  ExportReport report_;
};

model_io::ExampleHeader header_of(const ExportOptions& options, const WorkList& list,
                                  const parser::Vocabulary& vocabulary) {
  std::vector<std::string> sources;
  for (const ExportSource& source : options.sources) sources.push_back(source.name);
  return {{"symbol_count", std::to_string(ir::symbol_count)},
          {"relation_count", std::to_string(parser::relation_count)},
          {"node_class_count", std::to_string(parser::node_class_count)},
          {"gram_buckets", std::to_string(parser::gram_buckets)},
          {"word_class_count", std::to_string(parser::word_class_count)},
          {"featurizer_version", std::to_string(parser::featurizer_version)},
          {"vocabulary", vocabulary.to_lines()},
          {"sources", text::join(sources, "\n")},
          {"databases", text::join(list.databases, "\n")}};
}

Error error_of(const model_io::FormatError& error) {
  return make_error(ErrorCode::io_failed, error.what(),
                    "check the folder's permissions and free space");
}

}  // namespace

Result<ExportReport> export_examples(const ExportOptions& options, const ProgressFunction& progress,
                                     std::stop_token stop) {
  if (options.out.empty()) {
    return make_error(ErrorCode::invalid_argument, "no file to write is named", "add --out FILE");
  }
  Export work(options, progress, std::move(stop));
  IDI_CHECK(work.prepare());
  IDI_TRY(const parser::Vocabulary vocabulary, work.vocabulary());
  try {
    const auto writer = model_io::ExampleWriter::create(
        options.out.string(), header_of(options, work.list(), vocabulary));
    IDI_TRY(ExportReport report,
            work.run(vocabulary, [&](std::vector<model_io::TrainingExample>&& examples) -> Status {
              for (const auto& example : examples) writer->add(example);
              return {};
            }));
    writer->finish();
    IDI_CHECK(write_vocabulary(vocabulary, options.out.string() + ".vocabulary"));
    return report;
  } catch (const model_io::FormatError& error) {
    return error_of(error);
  }
}

Result<ExportReport> measure_coverage(const ExportOptions& options,
                                      const ProgressFunction& progress, std::stop_token stop) {
  Export work(options, progress, std::move(stop));
  IDI_CHECK(work.prepare());
  const parser::Vocabulary no_words(std::vector<std::string>{"<unknown>"});
  return work.run(no_words, [](std::vector<model_io::TrainingExample>&&) { return Status{}; });
}

}  // namespace idi::dataset
