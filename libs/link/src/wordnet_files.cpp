#include "wordnet_files.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "idi/core/text.hpp"

namespace idi::link {
namespace {

constexpr std::array<std::string_view, 4> suffixes{"noun", "verb", "adj", "adv"};
/// More than any synset has; a broken file must not make us read megabytes.
constexpr std::size_t max_line_bytes = 64 * 1024;
constexpr int max_senses = 64;

std::string_view line_at(std::string_view text, std::size_t begin) {
  const std::size_t end = text.find('\n', begin);
  const std::size_t length = (end == std::string_view::npos ? text.size() : end) - begin;
  return text.substr(begin, std::min(length, max_line_bytes));
}

/// Start of the first line whose first field (up to `delimiter`) is not less than key.
std::size_t lower_line(std::string_view text, std::string_view key, char delimiter) {
  std::size_t low = 0;
  std::size_t high = text.size();  // always at a line's start, or the end
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    std::size_t start = middle;
    if (start > low) {
      const std::size_t before = text.rfind('\n', start - 1);
      start = before == std::string_view::npos || before + 1 < low ? low : before + 1;
    }
    const std::string_view line = line_at(text, start);
    if (line.substr(0, line.find(delimiter)) < key) {
      const std::size_t next = text.find('\n', start);
      low = next == std::string_view::npos ? high : std::min(high, next + 1);
    } else {
      high = start;
    }
  }
  return low;
}

std::optional<std::string_view> find_line(std::string_view text, std::string_view key) {
  const std::size_t start = lower_line(text, key, ' ');
  if (start >= text.size()) return std::nullopt;
  const std::string_view line = line_at(text, start);
  if (line.substr(0, line.find(' ')) != key) return std::nullopt;
  return line;
}

/// Fields divided by blanks; a missing field is empty or -1.
class Fields {
 public:
  explicit Fields(std::string_view line) : line_(line) {}
  std::string_view next() {
    const std::size_t begin = line_.find_first_not_of(' ');
    if (begin == std::string_view::npos) {
      line_ = {};
      return {};
    }
    line_.remove_prefix(begin);
    const std::string_view field = line_.substr(0, line_.find(' '));
    line_.remove_prefix(field.size());
    return field;
  }
  long number(int base = 10) { return parse(next(), base); }
  static long parse(std::string_view field, int base) {
    long value = -1;
    const auto [end, error] =
        std::from_chars(field.data(), field.data() + field.size(), value, base);
    return error == std::errc{} && end == field.data() + field.size() ? value : -1;
  }

 private:
  std::string_view line_;
};

std::string with_underscores(std::string_view lemma) {
  std::string key(lemma);
  std::replace(key.begin(), key.end(), ' ', '_');
  return key;
}

std::string word_of_field(std::string_view field) {
  std::string word = text::to_lower_ascii(field.substr(0, field.find('(')));  // "(a)" on adjectives
  std::replace(word.begin(), word.end(), '_', ' ');
  return word;
}

std::optional<PartOfSpeech> part_of_letter(std::string_view letter) {
  if (letter == "n") return PartOfSpeech::noun;
  if (letter == "v") return PartOfSpeech::verb;
  if (letter == "a" || letter == "s") return PartOfSpeech::adjective;
  if (letter == "r") return PartOfSpeech::adverb;
  return std::nullopt;
}

}  // namespace

Result<WordNetFiles> WordNetFiles::open(const std::filesystem::path& directory) {
  WordNetFiles files;
  for (const PartOfSpeech part : parts_of_speech) {
    const auto i = static_cast<std::size_t>(part);
    const std::string suffix(suffixes[i]);
    IDI_TRY(files.parts_[i].index, MappedFile::open(directory / ("index." + suffix)));
    IDI_TRY(files.parts_[i].data, MappedFile::open(directory / ("data." + suffix)));
    IDI_TRY(files.parts_[i].exceptions, MappedFile::open(directory / (suffix + ".exc")));
  }
  // Counts refine the choice of a sense; WordNet is useful without them.
  if (auto counts = MappedFile::open(directory / "cntlist.rev")) files.counts_ = *counts;
  return files;
}

bool WordNetFiles::contains(PartOfSpeech part, std::string_view lemma) const {
  return find_line(part_of(part).index->bytes(), with_underscores(lemma)).has_value();
}

IndexEntry WordNetFiles::find(PartOfSpeech part, std::string_view lemma) const {
  IndexEntry entry;
  if (lemma.empty()) return entry;
  const auto line = find_line(part_of(part).index->bytes(), with_underscores(lemma));
  if (!line) return entry;
  Fields fields(*line);
  fields.next();  // lemma
  fields.next();  // part of speech
  const long senses = fields.number();
  const long pointers = fields.number();
  if (senses < 1 || pointers < 0 || pointers > max_senses) return entry;
  for (long i = 0; i < pointers; ++i) fields.next();
  fields.next();  // senses again
  entry.tagged_senses = static_cast<int>(std::max(0L, fields.number()));
  for (long i = 0; i < std::min<long>(senses, max_senses); ++i) {
    const long offset = fields.number();
    if (offset < 0) break;
    entry.synsets.push_back(static_cast<std::uint32_t>(offset));
  }
  return entry;
}

Synset WordNetFiles::synset(PartOfSpeech part, std::uint32_t offset) const {
  Synset synset;
  const std::string_view data = part_of(part).data->bytes();
  if (offset >= data.size() || (offset > 0 && data[offset - 1] != '\n')) return synset;
  Fields fields(line_at(data, offset));
  if (fields.number() != static_cast<long>(offset)) return synset;
  synset.lexicographer_file = static_cast<int>(fields.number());
  fields.next();  // synset type
  const long words = fields.number(16);
  for (long i = 0; i < words; ++i) {
    std::string word = word_of_field(fields.next());
    fields.next();  // lex_id
    if (word.empty()) return {};
    synset.words.push_back(std::move(word));
  }
  const long pointers = fields.number();
  for (long i = 0; i < pointers; ++i) {
    const std::string_view symbol = fields.next();
    const long target = fields.number();
    const auto target_part = part_of_letter(fields.next());
    const std::string_view words_joined = fields.next();
    if (symbol.empty() || target < 0 || !target_part || words_joined.size() != 4) break;
    SynsetPointer pointer;
    pointer.symbol = symbol.front();
    pointer.detail = symbol.size() > 1 ? symbol[1] : '\0';
    pointer.synset = static_cast<std::uint32_t>(target);
    pointer.part = *target_part;
    pointer.source = static_cast<int>(Fields::parse(words_joined.substr(0, 2), 16));
    pointer.target = static_cast<int>(Fields::parse(words_joined.substr(2, 2), 16));
    synset.pointers.push_back(pointer);
  }
  return synset;
}

std::vector<std::string> WordNetFiles::exceptions(PartOfSpeech part, std::string_view word) const {
  std::vector<std::string> bases;
  const auto line = find_line(part_of(part).exceptions->bytes(), with_underscores(word));
  if (!line) return bases;
  Fields fields(*line);
  fields.next();
  for (auto base = fields.next(); !base.empty(); base = fields.next()) {
    bases.push_back(word_of_field(base));
  }
  return bases;
}

int WordNetFiles::most_tagged_file(std::string_view lemma) const {
  if (!counts_) return -1;
  // Lines: "city%1:15:00:: 1 103" (sense key, sense number, count), sorted.
  const std::string prefix = with_underscores(lemma) + '%';
  const std::string_view text = counts_->bytes();
  int best_file = -1;
  long best_count = 0;
  for (std::size_t i = lower_line(text, prefix, ' '); i < text.size();) {
    const std::string_view line = line_at(text, i);
    if (line.substr(0, prefix.size()) != prefix) break;
    Fields fields(line);
    const std::string_view key = fields.next();
    fields.next();
    const long count = fields.number();
    const long file = Fields::parse(key.substr(std::min(key.size(), prefix.size() + 2), 2), 10);
    if (count > best_count && file >= 0 && file <= 44) {
      best_count = count;
      best_file = static_cast<int>(file);
    }
    i += line.size() + 1;
  }
  return best_file;
}

}  // namespace idi::link
