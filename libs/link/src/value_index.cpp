#include "idi/link/value_index.hpp"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <numeric>
#include <system_error>

#include "closest_cell.hpp"
#include "idi/core/log.hpp"
#include "idi/core/text.hpp"
#include "mapped_file.hpp"
#include "tokens.hpp"
#include "unicode.hpp"
#include "value_aliases.hpp"
#include "value_file.hpp"

namespace idi::link {
namespace {

constexpr std::size_t max_phrase_tokens = 24;
constexpr std::size_t max_phrase_bytes = 500;
/// Columns up to this size are compared cell by cell, longer ones by words and spelling only.
constexpr std::uint32_t max_cells_compared = 500;
/// Files kept in a cache directory; the oldest goes when one is added.
constexpr std::size_t max_cache_files = 64;
constexpr std::string_view cache_suffix = ".values";
constexpr std::string_view temporary_suffix = ".tmp";

class FileValueIndex final : public ValueIndex {
 public:
  /// `owner` keeps the bytes that `file` views.
  FileValueIndex(ValueFile file, std::shared_ptr<const void> owner,
                 std::shared_ptr<const WordNet> wordnet)
      : file_(std::move(file)), owner_(std::move(owner)), wordnet_(std::move(wordnet)) {}

  std::vector<CellHit> lookup(std::string_view phrase, int max_hits) const override {
    bool cut = false;
    const auto tokens = tokenize_at_most(phrase, max_phrase_tokens, cut);
    if (tokens.empty() || cut || max_hits <= 0) return {};
    const std::string key = phrase_key(tokens, 0, tokens.size());
    std::vector<std::uint32_t> cells = postings(ValueDictionary::phrases, key);
    if (cells.empty()) {
      const std::string stems = stem_key(tokens, 0, tokens.size());
      cells = postings(ValueDictionary::stems, stems);
      if (stems != key) append(cells, ValueDictionary::phrases, stems);
    }
    const std::string_view wanted = text::trim(phrase);
    std::stable_partition(cells.begin(), cells.end(), [&](std::uint32_t cell) {
      return text::trim(file_.cell(cell)) == wanted;
    });
    return hits(cells, max_hits);
  }

  std::vector<CellHit> lookup_word(std::string_view word, int max_hits) const override {
    bool cut = false;
    const auto tokens = tokenize_at_most(word, 2, cut);
    if (tokens.size() != 1 || cut || max_hits <= 0) return {};
    const std::string& stem = tokens.front().stem;
    std::vector<std::uint32_t> cells = postings(ValueDictionary::words, stem);
    append(cells, ValueDictionary::phrases, phrase_key(tokens, 0, 1));
    append(cells, ValueDictionary::stems, stem);
    std::sort(cells.begin(), cells.end());
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    return hits(cells, max_hits);
  }

  std::optional<std::string> closest_cell(ColumnRef column,
                                          std::string_view phrase) const override {
    const auto [begin, end] = file_.cells_of(column);
    if (begin == end || phrase.size() > max_phrase_bytes) return std::nullopt;
    bool cut = false;
    const auto tokens = tokenize_at_most(phrase, max_phrase_tokens, cut);
    // What the dictionaries know is nearer than what a comparison finds.
    const auto known = known_cells(tokens, begin, end);
    if (!known.empty()) return closest_of(known, phrase);
    std::vector<std::uint32_t> cells;
    if (end - begin <= max_cells_compared) {
      cells.resize(end - begin);
      std::iota(cells.begin(), cells.end(), begin);
    } else {
      cells = likely_cells(tokens, begin, end);
    }
    return closest_of(cells, phrase);
  }

  std::vector<std::string> cells(ColumnRef column, int max) const override {
    const auto [begin, end] = file_.cells_of(column);
    std::vector<std::string> result;
    for (std::uint32_t i = begin; i < end && static_cast<int>(result.size()) < max; ++i) {
      result.emplace_back(file_.cell(i));
    }
    return result;
  }

 private:
  [[nodiscard]] std::optional<std::string> closest_of(const std::vector<std::uint32_t>& cells,
                                                      std::string_view phrase) const {
    const CellSource source{cells.size(), [&](std::size_t i) { return file_.cell(cells[i]); }};
    return closest_cell_of(source, phrase, *wordnet_);
  }

  void append_within(std::vector<std::uint32_t>& cells, ValueDictionary which, std::string_view key,
                     std::uint32_t begin, std::uint32_t end) const {
    const auto found = file_.find(which, key);
    const auto first = std::lower_bound(found.begin(), found.end(), begin);
    cells.insert(cells.end(), first, std::lower_bound(first, found.end(), end));
  }

  /// Cells [begin, end) that equal the phrase after folding, by stems, or by an alias.
  [[nodiscard]] std::vector<std::uint32_t> known_cells(const std::vector<QuestionToken>& tokens,
                                                       std::uint32_t begin,
                                                       std::uint32_t end) const {
    std::vector<std::uint32_t> cells;
    const std::string key = phrase_key(tokens, 0, tokens.size());
    append_within(cells, ValueDictionary::phrases, key, begin, end);
    if (!cells.empty()) return cells;
    const std::string stems = stem_key(tokens, 0, tokens.size());
    append_within(cells, ValueDictionary::stems, stems, begin, end);
    append_within(cells, ValueDictionary::phrases, stems, begin, end);
    if (!cells.empty()) return cells;
    for (const std::string_view other : aliases_of(key)) {
      append_within(cells, ValueDictionary::phrases, other, begin, end);
    }
    return cells;
  }

  /// Of a long column: cells that share a word with the phrase or are nearly spelled like it.
  [[nodiscard]] std::vector<std::uint32_t> likely_cells(const std::vector<QuestionToken>& tokens,
                                                        std::uint32_t begin,
                                                        std::uint32_t end) const {
    std::vector<std::uint32_t> cells;
    for (const QuestionToken& token : tokens) {
      if (is_stopword(token.lower)) continue;
      append_within(cells, ValueDictionary::words, token.stem, begin, end);
      append_within(cells, ValueDictionary::phrases, phrase_key({token}, 0, 1), begin, end);
    }
    const std::string key = phrase_key(tokens, 0, tokens.size());
    for (std::uint32_t cell = begin; cell < end; ++cell) {
      const std::string_view text = file_.cell(cell);
      constexpr std::size_t length_difference = 4;
      const bool near_in_length = text.size() <= key.size() + length_difference &&
                                  key.size() <= text.size() + length_difference;
      if (near_in_length && is_misspelled(key, fold_plain(text::trim(text)))) cells.push_back(cell);
    }
    std::sort(cells.begin(), cells.end());
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    return cells;
  }

  [[nodiscard]] std::vector<std::uint32_t> postings(ValueDictionary which,
                                                    std::string_view key) const {
    const auto found = file_.find(which, key);
    return {found.begin(), found.end()};
  }
  void append(std::vector<std::uint32_t>& cells, ValueDictionary which,
              std::string_view key) const {
    const auto found = file_.find(which, key);
    cells.insert(cells.end(), found.begin(), found.end());
  }
  [[nodiscard]] std::vector<CellHit> hits(const std::vector<std::uint32_t>& cells,
                                          int max_hits) const {
    std::vector<CellHit> result;
    for (const std::uint32_t cell : cells) {
      if (static_cast<int>(result.size()) >= max_hits) break;
      result.push_back({file_.column_of(cell), std::string(file_.cell(cell))});
    }
    return result;
  }

  ValueFile file_;
  std::shared_ptr<const void> owner_;
  std::shared_ptr<const WordNet> wordnet_;
};

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

/// The database's state, the columns' order and the limits: whatever changes the index.
std::string key_of(const std::string& fingerprint, const Schema& schema,
                   const ValueIndexLimits& limits) {
  std::string shape;
  for (const Table& table : schema.tables) {
    shape += table.name + '\x1f';
    for (const Column& column : table.columns) shape += column.name + '\x1e';
  }
  return fmt::format("{}|{:016x}|{}|{}|{}", fingerprint, hash_of(shape),
                     limits.max_values_per_column, limits.max_values, limits.max_value_bytes);
}

Result<std::shared_ptr<const ValueIndex>> read_cached(const std::filesystem::path& path,
                                                      std::string_view key,
                                                      std::shared_ptr<const WordNet> wordnet) {
  IDI_TRY(auto mapped, MappedFile::open(path));
  IDI_TRY(auto file, ValueFile::parse(mapped->bytes()));
  if (file.fingerprint() != key) {
    return make_error(ErrorCode::not_found, "the value index is of another state of the database");
  }
  return std::shared_ptr<const ValueIndex>(
      std::make_shared<FileValueIndex>(std::move(file), mapped, std::move(wordnet)));
}

/// Of indices above the limit, and of half-written files that a crash left.
void remove_oldest(const std::filesystem::path& directory) {
  constexpr auto abandoned = std::chrono::hours(1);
  const auto now = std::filesystem::file_time_type::clock::now();
  std::error_code error;
  std::vector<std::pair<std::filesystem::file_time_type, std::filesystem::path>> files;
  for (std::filesystem::directory_iterator i(directory, error), end; !error && i != end;
       i.increment(error)) {
    std::error_code ignored;
    const auto written = i->last_write_time(ignored);
    if (i->path().extension() == cache_suffix) {
      files.emplace_back(written, i->path());
    } else if (i->path().extension() == temporary_suffix && written + abandoned < now) {
      std::filesystem::remove(i->path(), ignored);
    }
  }
  if (files.size() <= max_cache_files) return;
  std::sort(files.begin(), files.end());
  for (std::size_t i = 0; i + max_cache_files < files.size(); ++i) {
    std::filesystem::remove(files[i].second, error);
  }
}

/// Written beside and renamed: a reader never sees half a file.
Status write_cache(const std::filesystem::path& path, std::string_view bytes) {
  const auto failed = [&](const std::string& why) {
    return make_error(ErrorCode::io_failed, "cannot write the value index " + path.string(),
                      "check free space and permissions", why);
  };
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  if (error) return failed(error.message());
  std::filesystem::path temporary = path;
  static std::atomic<unsigned> written_files = 0;
  temporary += fmt::format(".{}-{}{}", ::getpid(), ++written_files, temporary_suffix);
  {
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) {
      std::filesystem::remove(temporary, error);
      return failed("writing failed");
    }
  }
  std::filesystem::rename(temporary, path, error);
  if (error) {
    const std::string why = error.message();
    std::filesystem::remove(temporary, error);
    return failed(why);
  }
  remove_oldest(path.parent_path());
  return {};
}

/// Number columns are skipped unless a sample shows that they hold text (SQLite allows it).
bool may_hold_text(const Column& column) {
  if (column.type != ColumnType::number) return true;
  return std::any_of(
      column.sample_values.begin(), column.sample_values.end(), [](const std::string& sample) {
        return !sample.empty() && sample.find_first_not_of("0123456789.,+-eE") != std::string::npos;
      });
}

struct BuildOutcome {
  std::string bytes;
  bool complete = true;  ///< false: a limit was reached.
  bool lasting = true;   ///< false: a column could not be read; it may be readable next time.
};

Result<BuildOutcome> build(db::Database& database, const Schema& schema, std::string_view key,
                           const ValueIndexLimits& limits, std::stop_token stop) {
  ValueFileBuilder builder;
  BuildOutcome outcome;
  db::ExecutionLimits execution;
  execution.deadline = Deadline::after(std::chrono::milliseconds(limits.build_timeout_ms));
  std::int64_t left = limits.max_values;
  for (std::size_t t = 0; t < schema.tables.size(); ++t) {
    for (std::size_t c = 0; c < schema.tables[t].columns.size(); ++c) {
      if (stop.stop_requested()) {
        return make_error(ErrorCode::cancelled, "building the value index was cancelled");
      }
      const Column& column = schema.tables[t].columns[c];
      if (!may_hold_text(column)) continue;
      if (left <= 0 || execution.deadline.passed()) {
        outcome.complete = false;
        break;
      }
      const ColumnRef ref{static_cast<int>(t), static_cast<int>(c)};
      auto values =
          database.distinct_text_values(ref, schema, std::min(left, limits.max_values_per_column),
                                        limits.max_value_bytes, execution, stop);
      if (!values) {
        if (values.error().code == ErrorCode::cancelled) return values.error();
        log::warn("values of {}.{} are not indexed: {}", schema.tables[t].name, column.name,
                  values.error().message);
        (values.error().code == ErrorCode::timeout ? outcome.complete : outcome.lasting) = false;
        continue;
      }
      left -= static_cast<std::int64_t>(values->size());
      builder.add_column(ref, *values);
    }
  }
  outcome.bytes = builder.build(key);
  return outcome;
}

}  // namespace

Result<std::shared_ptr<const ValueIndex>> ValueIndex::open_or_build(
    db::Database& database, const Schema& schema, const std::filesystem::path& cache_directory,
    const ValueIndexLimits& limits, std::stop_token stop, std::shared_ptr<const WordNet> wordnet) {
  if (!wordnet) {
    auto installed = WordNet::open();
    wordnet = installed ? *installed : WordNet::none();
  }
  IDI_TRY(const std::string fingerprint, database.fingerprint());
  const std::string key = key_of(fingerprint, schema, limits);
  std::filesystem::path path;
  if (!cache_directory.empty()) {
    path = cache_directory / fmt::format("{:016x}{}", hash_of(key), cache_suffix);
    auto cached = read_cached(path, key, wordnet);
    if (cached) return cached;
    if (cached.error().code != ErrorCode::not_found) {
      log::debug("value index {} is rebuilt: {}", path.string(), cached.error().message);
    }
  }
  IDI_TRY(auto outcome, build(database, schema, key, limits, stop));
  if (!outcome.complete) {
    log::warn("not all values of {} are indexed: a limit of time or number was reached",
              schema.name);
  }
  if (!path.empty() && outcome.lasting) {
    if (const Status written = write_cache(path, outcome.bytes); !written) {
      log::warn("{}", written.error().to_text());
    }
  }
  auto bytes = std::make_shared<const std::string>(std::move(outcome.bytes));
  IDI_TRY(auto file, ValueFile::parse(*bytes));
  return std::shared_ptr<const ValueIndex>(
      std::make_shared<FileValueIndex>(std::move(file), bytes, std::move(wordnet)));
}

std::shared_ptr<const ValueIndex> ValueIndex::empty() {
  static const auto bytes = std::make_shared<const std::string>(ValueFileBuilder{}.build(""));
  auto file = ValueFile::parse(*bytes);
  return std::make_shared<FileValueIndex>(std::move(*file), bytes, WordNet::none());
}

}  // namespace idi::link
