#include "value_file.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <set>

#include "idi/link/linker.hpp"
#include "tokens.hpp"

namespace idi::link {
namespace {

static_assert(std::endian::native == std::endian::little, "value files are little-endian");

constexpr std::string_view magic = "IDIVALUE";
constexpr std::size_t section_count = 4 + 3 * 4;
/// Cells of one column that one word leads to: more do not tell more about the column.
constexpr std::size_t max_word_postings_per_column = 16;
constexpr std::size_t max_cell_tokens = 24;

struct Section {
  std::uint64_t offset, bytes;
};
struct Header {
  std::array<char, 8> magic;
  std::uint32_t version, sections;
  std::uint64_t file_bytes, checksum;
  std::array<Section, section_count> section;
};

/// 8 bytes at a step; guards against damage, not against malice (that is what the checks are for).
std::uint64_t checksum_of(std::string_view bytes) {
  std::uint64_t hash = 0x9E3779B97F4A7C15ULL ^ bytes.size();
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t block = 0;
    std::memcpy(&block, bytes.data() + i, 8);
    hash = std::rotl(hash ^ (block * 0xFF51AFD7ED558CCDULL), 29) * 0xC4CEB9FE1A85EC53ULL;
  }
  for (; i < bytes.size(); ++i) {
    hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 0x100000001B3ULL;
  }
  return hash ^ (hash >> 31);
}

class SectionWriter {
 public:
  SectionWriter() : bytes_(sizeof(Header), '\0') {}
  void add(const void* data, std::size_t size) {
    bytes_.resize((bytes_.size() + 7) / 8 * 8, '\0');
    sections_.push_back({bytes_.size(), size});
    if (size > 0) bytes_.append(static_cast<const char*>(data), size);
  }
  void add(const std::vector<std::uint32_t>& numbers) {
    add(numbers.data(), numbers.size() * sizeof(std::uint32_t));
  }
  void add(std::string_view text) { add(text.data(), text.size()); }
  std::string finish() {
    Header header{};
    std::copy(magic.begin(), magic.end(), header.magic.begin());
    header.version = value_file_version;
    header.sections = section_count;
    header.file_bytes = bytes_.size();
    std::copy(sections_.begin(), sections_.end(), header.section.begin());
    header.checksum = checksum_of(std::string_view(bytes_).substr(sizeof(Header)));
    std::memcpy(bytes_.data(), &header, sizeof header);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  std::vector<Section> sections_;
};

template <typename Strings>
void add_strings(SectionWriter& writer, const Strings& strings) {
  std::vector<std::uint32_t> offsets{0};
  std::string bytes;
  for (const auto& each : strings) {
    bytes += each;
    offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
  }
  writer.add(offsets);
  writer.add(bytes);
}

Error corrupt(std::string detail) {
  return make_error(ErrorCode::unreadable, "the value index file is damaged",
                    "delete it; it is rebuilt at the next question", std::move(detail));
}

template <typename T>
std::span<const T> numbers_of(std::string_view section) {
  return {reinterpret_cast<const T*>(section.data()), section.size() / sizeof(T)};
}

/// Non-empty, rising from 0 to at most `limit`.
bool are_offsets(std::span<const std::uint32_t> offsets, std::size_t limit) {
  return !offsets.empty() && offsets.front() == 0 && offsets.back() == limit &&
         std::is_sorted(offsets.begin(), offsets.end());
}

}  // namespace

void ValueFileBuilder::add_column(ColumnRef column, const std::vector<std::string>& cells) {
  const auto begin = static_cast<std::uint32_t>(cells_.size());
  for (const std::string& cell : cells) add_cell(cell, begin);
  columns_.push_back({column, begin, static_cast<std::uint32_t>(cells_.size())});
}

void ValueFileBuilder::add_cell(const std::string& cell, std::uint32_t column_begin) {
  const auto number = static_cast<std::uint32_t>(cells_.size());
  cells_.push_back(cell);
  bool cut = false;
  const auto tokens = tokenize_at_most(cell, max_cell_tokens, cut);
  if (tokens.empty()) return;
  if (!cut) {
    const std::string key = phrase_key(tokens, 0, tokens.size());
    std::string stems = stem_key(tokens, 0, tokens.size());
    dictionaries_[0][key].push_back(number);
    if (stems != key) dictionaries_[1][std::move(stems)].push_back(number);
    if (tokens.size() == 1) return;
  }
  std::set<std::string_view> seen;
  for (const QuestionToken& token : tokens) {
    if (is_stopword(token.lower) || !seen.insert(token.stem).second) continue;
    auto& postings = dictionaries_[2][token.stem];
    const auto own = std::lower_bound(postings.begin(), postings.end(), column_begin);
    const auto count = static_cast<std::size_t>(postings.end() - own);
    if (count < max_word_postings_per_column) postings.push_back(number);
  }
}

std::string ValueFileBuilder::build(std::string_view fingerprint) const {
  SectionWriter writer;
  writer.add(fingerprint);
  std::vector<std::uint32_t> columns;
  for (const ColumnCells& each : columns_) {
    columns.push_back(static_cast<std::uint32_t>(each.column.table));
    columns.push_back(static_cast<std::uint32_t>(each.column.column));
    columns.push_back(each.begin);
    columns.push_back(each.end);
  }
  writer.add(columns);
  add_strings(writer, cells_);
  for (const Dictionary& dictionary : dictionaries_) {
    std::vector<std::string_view> keys;
    std::vector<std::uint32_t> offsets{0};
    std::vector<std::uint32_t> postings;
    for (const auto& [key, cells] : dictionary) {
      keys.push_back(key);
      postings.insert(postings.end(), cells.begin(), cells.end());
      offsets.push_back(static_cast<std::uint32_t>(postings.size()));
    }
    add_strings(writer, keys);
    writer.add(offsets);
    writer.add(postings);
  }
  return writer.finish();
}

Result<ValueFile> ValueFile::parse(std::string_view bytes, bool verify_checksum) {
  Header header{};
  if (bytes.size() < sizeof header) return corrupt("shorter than its header");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::string_view(header.magic.data(), header.magic.size()) != magic) {
    return corrupt("not a value index");
  }
  if (header.version != value_file_version || header.sections != section_count) {
    return make_error(ErrorCode::wrong_version,
                      "the value index file is of version " + std::to_string(header.version),
                      "delete it; it is rebuilt at the next question");
  }
  if (header.file_bytes != bytes.size()) return corrupt("cut short");
  if (verify_checksum && header.checksum != checksum_of(bytes.substr(sizeof header))) {
    return corrupt("wrong checksum");
  }
  std::array<std::string_view, section_count> sections;
  for (std::size_t i = 0; i < section_count; ++i) {
    const Section& section = header.section[i];
    if (section.offset % 8 != 0 || section.offset > bytes.size() ||
        section.bytes > bytes.size() - section.offset) {
      return corrupt("a section lies outside");
    }
    sections[i] = bytes.substr(section.offset, section.bytes);
  }
  ValueFile file;
  file.fingerprint_ = sections[0];
  file.columns_ = numbers_of<Column>(sections[1]);
  file.cells_ = {numbers_of<std::uint32_t>(sections[2]), sections[3]};
  if (!are_offsets(file.cells_.offsets, sections[3].size())) return corrupt("cell offsets");
  const std::uint32_t cells = file.cell_count();
  std::uint32_t next = 0;
  ColumnRef last;
  for (const Column& column : file.columns_) {
    const ColumnRef ref{column.table, column.column};
    if (ref <= last || column.begin != next || column.end < column.begin || column.end > cells) {
      return corrupt("column ranges");
    }
    next = column.end;
    last = ref;
  }
  if (next != cells) return corrupt("column ranges");
  for (std::size_t d = 0; d < file.dictionaries_.size(); ++d) {
    DictionaryView& view = file.dictionaries_[d];
    const std::size_t s = 4 + 4 * d;
    view.keys = {numbers_of<std::uint32_t>(sections[s]), sections[s + 1]};
    view.posting_offsets = numbers_of<std::uint32_t>(sections[s + 2]);
    view.postings = numbers_of<std::uint32_t>(sections[s + 3]);
    const bool good = are_offsets(view.keys.offsets, sections[s + 1].size()) &&
                      are_offsets(view.posting_offsets, view.postings.size()) &&
                      view.posting_offsets.size() == view.keys.offsets.size() &&
                      std::all_of(view.postings.begin(), view.postings.end(),
                                  [cells](std::uint32_t cell) { return cell < cells; });
    if (!good) return corrupt("a dictionary");
  }
  return file;
}

std::uint32_t ValueFile::cell_count() const { return static_cast<std::uint32_t>(cells_.size()); }

std::string_view ValueFile::cell(std::uint32_t number) const { return cells_.at(number); }

ColumnRef ValueFile::column_of(std::uint32_t cell) const {
  const auto after = std::upper_bound(
      columns_.begin(), columns_.end(), cell,
      [](std::uint32_t number, const Column& column) { return number < column.end; });
  return {after->table, after->column};
}

std::pair<std::uint32_t, std::uint32_t> ValueFile::cells_of(ColumnRef column) const {
  const auto found = std::lower_bound(columns_.begin(), columns_.end(), column,
                                      [](const Column& each, ColumnRef wanted) {
                                        return ColumnRef{each.table, each.column} < wanted;
                                      });
  if (found == columns_.end() || ColumnRef{found->table, found->column} != column) return {0, 0};
  return {found->begin, found->end};
}

std::span<const std::uint32_t> ValueFile::find(ValueDictionary which, std::string_view key) const {
  const DictionaryView& view = dictionaries_[static_cast<std::size_t>(which)];
  std::size_t low = 0;
  std::size_t high = view.keys.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (view.keys.at(middle) < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == view.keys.size() || view.keys.at(low) != key) return {};
  const std::uint32_t begin = view.posting_offsets[low];
  return view.postings.subspan(begin, view.posting_offsets[low + 1] - begin);
}

}  // namespace idi::link
