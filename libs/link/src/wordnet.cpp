// Word relations over the mapped files. Expansions of words are kept in a bounded cache: the words
// of one schema and its questions are asked again and again.
#include "idi/link/wordnet.hpp"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "wordnet_files.hpp"

namespace idi::link {
namespace {

/// Rare senses relate nearly everything to everything.
constexpr std::size_t max_senses_used = 4;
constexpr std::size_t max_related = 400;
constexpr std::size_t max_cached_words = 20'000;
constexpr std::size_t max_word_bytes = 100;

struct SuffixRule {
  PartOfSpeech part;
  std::string_view suffix, ending;
};
// morphy(7WN)
constexpr auto suffix_rules = std::to_array<SuffixRule>({
    {PartOfSpeech::noun, "s", ""},        {PartOfSpeech::noun, "ses", "s"},
    {PartOfSpeech::noun, "xes", "x"},     {PartOfSpeech::noun, "zes", "z"},
    {PartOfSpeech::noun, "ches", "ch"},   {PartOfSpeech::noun, "shes", "sh"},
    {PartOfSpeech::noun, "men", "man"},   {PartOfSpeech::noun, "ies", "y"},
    {PartOfSpeech::verb, "s", ""},        {PartOfSpeech::verb, "ies", "y"},
    {PartOfSpeech::verb, "es", "e"},      {PartOfSpeech::verb, "es", ""},
    {PartOfSpeech::verb, "ed", "e"},      {PartOfSpeech::verb, "ed", ""},
    {PartOfSpeech::verb, "ing", "e"},     {PartOfSpeech::verb, "ing", ""},
    {PartOfSpeech::adjective, "er", ""},  {PartOfSpeech::adjective, "est", ""},
    {PartOfSpeech::adjective, "er", "e"}, {PartOfSpeech::adjective, "est", "e"},
});

/// One step of meaning. Antonyms, domains and usage notes are not; lists of instances (every city
/// of the world) are reached from the instance's side.
bool is_step(const SynsetPointer& pointer) {
  switch (pointer.symbol) {
    case '@':
    case '#':
    case '%':
    case '=':
    case '+':
    case '\\':
    case '&':
    case '<':
    case '$':
      return true;
    case '~':
      return pointer.detail != 'i';
    default:
      return false;
  }
}

void sort_unique(std::vector<std::string>& words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
}

bool has(const std::vector<std::string>& sorted, const std::string& word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

bool has_any(const std::vector<std::string>& sorted, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return has(sorted, word); });
}

class FileWordNet final : public WordNet {
 public:
  explicit FileWordNet(WordNetFiles files) : files_(std::move(files)) {}

  WordRelation relation(std::string_view a, std::string_view b) const override {
    const auto left = neighbours(a);
    const auto right = neighbours(b);
    if (left->bases.empty() || right->bases.empty()) return WordRelation::none;
    if (has_any(left->bases, right->bases) || has_any(left->synonyms, right->bases)) {
      return WordRelation::synonym;
    }
    if (has_any(left->related, right->bases) || has_any(right->related, left->bases)) {
      return WordRelation::related;
    }
    return WordRelation::none;
  }

  int word_class(std::string_view word) const override {
    if (word.empty() || word.size() > max_word_bytes) return 0;
    if (const int own = class_of_lemma(word); own > 0) return own;
    for (const std::string& base : neighbours(word)->bases) {
      if (const int found = class_of_lemma(base); found > 0) return found;
    }
    return 0;
  }

  std::shared_ptr<const WordNeighbours> neighbours(std::string_view word) const override {
    static const auto nothing = std::make_shared<const WordNeighbours>();
    if (word.empty() || word.size() > max_word_bytes) return nothing;
    const std::string key(word);
    {
      const std::shared_lock lock(mutex_);
      if (const auto found = cache_.find(key); found != cache_.end()) return found->second;
    }
    auto expanded = std::make_shared<const WordNeighbours>(expand(key));
    const std::unique_lock lock(mutex_);
    if (cache_.size() >= max_cached_words) cache_.clear();
    return cache_.emplace(key, std::move(expanded)).first->second;
  }

  std::vector<std::uint32_t> concepts(std::string_view word) const override {
    if (word.empty() || word.size() > max_word_bytes) return {};
    std::vector<std::uint32_t> found;
    const std::string key(word);
    for (const PartOfSpeech part : parts_of_speech) {
      const auto forms = bases(part, key);
      if (forms.empty()) continue;
      // Nouns lead: most names of tables and columns are nouns.
      const std::size_t senses = part == PartOfSpeech::noun ? 2 : 1;
      const IndexEntry entry = files_.find(part, forms.front());
      for (std::size_t i = 0; i < std::min(entry.synsets.size(), senses); ++i) {
        climb(part, entry.synsets[i], found);
      }
    }
    return found;
  }

  bool knows(std::string_view lemma, bool frequent) const override {
    if (lemma.empty() || lemma.size() > max_word_bytes) return false;
    return std::any_of(parts_of_speech.begin(), parts_of_speech.end(), [&](PartOfSpeech part) {
      return frequent ? files_.find(part, lemma).tagged_senses > 0 : files_.contains(part, lemma);
    });
  }

  bool is_proper_name(std::string_view lemma) const override {
    if (lemma.empty() || lemma.size() > max_word_bytes) return false;
    const IndexEntry entry = files_.find(PartOfSpeech::noun, lemma);
    if (entry.synsets.empty()) return false;
    const Synset synset = files_.synset(PartOfSpeech::noun, entry.synsets.front());
    return std::any_of(synset.pointers.begin(), synset.pointers.end(), [](const auto& pointer) {
      return pointer.symbol == '@' && pointer.detail == 'i';
    });
  }

 private:
  /// morphy(7WN): the word itself, irregular forms, suffix rules; only what the index holds.
  [[nodiscard]] std::vector<std::string> bases(PartOfSpeech part, const std::string& word) const {
    std::vector<std::string> found;
    if (files_.contains(part, word)) found.push_back(word);
    for (std::string& base : files_.exceptions(part, word)) found.push_back(std::move(base));
    const bool no_suffix = part == PartOfSpeech::noun && (word.ends_with("ss") || word.size() <= 2);
    if (found.size() > 1 || no_suffix) return found;
    for (const SuffixRule& rule : suffix_rules) {
      if (rule.part != part || word.size() <= rule.suffix.size() || !word.ends_with(rule.suffix)) {
        continue;
      }
      std::string base = word.substr(0, word.size() - rule.suffix.size());
      base += rule.ending;
      if (files_.contains(part, base)) found.push_back(std::move(base));
    }
    return found;
  }

  [[nodiscard]] WordNeighbours expand(const std::string& word) const {
    WordNeighbours result;
    for (const PartOfSpeech part : parts_of_speech) {
      for (std::string& base : bases(part, word)) {
        expand_base(part, base, result);
        result.bases.push_back(std::move(base));
      }
    }
    sort_unique(result.bases);
    sort_unique(result.synonyms);
    sort_unique(result.related);
    return result;
  }

  void expand_base(PartOfSpeech part, const std::string& base, WordNeighbours& result) const {
    const IndexEntry entry = files_.find(part, base);
    for (std::size_t i = 0; i < std::min(entry.synsets.size(), max_senses_used); ++i) {
      const Synset synset = files_.synset(part, entry.synsets[i]);
      for (const std::string& word : synset.words) {
        if (word != base && is_frequent_sense(part, word, entry.synsets[i])) {
          result.synonyms.push_back(word);
        }
      }
      for (const SynsetPointer& pointer : synset.pointers) {
        if (result.related.size() >= max_related) return;
        if (is_step(pointer)) follow(pointer, synset, base, result);
      }
    }
  }

  /// The same limit from the other word's side keeps the relation symmetric.
  [[nodiscard]] bool is_frequent_sense(PartOfSpeech part, const std::string& word,
                                       std::uint32_t synset) const {
    const auto senses = files_.find(part, word).synsets;
    const auto end =
        senses.begin() + static_cast<std::ptrdiff_t>(std::min(senses.size(), max_senses_used));
    return std::find(senses.begin(), end, synset) != end;
  }

  void follow(const SynsetPointer& pointer, const Synset& synset, const std::string& base,
              WordNeighbours& result) const {
    // A lexical pointer belongs to one word of the synset.
    if (pointer.source > 0) {
      const auto source = static_cast<std::size_t>(pointer.source) - 1;
      if (source >= synset.words.size() || synset.words[source] != base) return;
    }
    const Synset other = files_.synset(pointer.part, pointer.synset);
    for (std::size_t i = 0; i < other.words.size(); ++i) {
      if (pointer.target > 0 && i + 1 != static_cast<std::size_t>(pointer.target)) continue;
      if (other.words[i] != base) result.related.push_back(other.words[i]);
    }
  }

  /// Appends a synset and its first hypernyms.
  void climb(PartOfSpeech part, std::uint32_t offset, std::vector<std::uint32_t>& found) const {
    constexpr int max_steps = 3;
    constexpr std::uint32_t offsets_per_part = 100'000'000;  // eight digits in the files
    for (int step = 0; step <= max_steps && found.size() < max_concepts; ++step) {
      const std::uint32_t number = static_cast<std::uint32_t>(part) * offsets_per_part + offset;
      if (std::find(found.begin(), found.end(), number) != found.end()) return;
      found.push_back(number);
      const Synset synset = files_.synset(part, offset);
      const auto up =
          std::find_if(synset.pointers.begin(), synset.pointers.end(),
                       [](const SynsetPointer& pointer) { return pointer.symbol == '@'; });
      if (up == synset.pointers.end()) return;
      part = up->part;
      offset = up->synset;
    }
  }

  [[nodiscard]] int class_of_lemma(std::string_view lemma) const {
    if (const int file = files_.most_tagged_file(lemma); file >= 0) return file + 1;
    for (const PartOfSpeech part : parts_of_speech) {
      const IndexEntry entry = files_.find(part, lemma);
      if (entry.synsets.empty()) continue;
      const int file = files_.synset(part, entry.synsets.front()).lexicographer_file;
      return file >= 0 && file <= 44 ? file + 1 : 0;
    }
    return 0;
  }

  WordNetFiles files_;
  mutable std::shared_mutex mutex_;
  mutable std::unordered_map<std::string, std::shared_ptr<const WordNeighbours>> cache_;
};

class EmptyWordNet final : public WordNet {
 public:
  WordRelation relation(std::string_view, std::string_view) const override {
    return WordRelation::none;
  }
  int word_class(std::string_view) const override { return 0; }
  std::vector<std::uint32_t> concepts(std::string_view) const override { return {}; }
  std::shared_ptr<const WordNeighbours> neighbours(std::string_view) const override {
    return nothing_;
  }
  bool knows(std::string_view, bool) const override { return false; }
  bool is_proper_name(std::string_view) const override { return false; }

 private:
  std::shared_ptr<const WordNeighbours> nothing_ = std::make_shared<const WordNeighbours>();
};

}  // namespace

Result<std::shared_ptr<const WordNet>> WordNet::open() {
  if (const char* directory = std::getenv("WNSEARCHDIR"); directory != nullptr && *directory) {
    return open(std::filesystem::path(directory));
  }
  return open(std::filesystem::path("/usr/share/wordnet"));
}

Result<std::shared_ptr<const WordNet>> WordNet::open(const std::filesystem::path& directory) {
  auto files = WordNetFiles::open(directory);
  if (!files) {
    Error error = files.error().with_context("WordNet");
    error.hint = "install it with: apt-get install wordnet-base";
    return error;
  }
  return std::shared_ptr<const WordNet>(std::make_shared<FileWordNet>(std::move(*files)));
}

std::shared_ptr<const WordNet> WordNet::none() {
  static const auto empty = std::make_shared<const EmptyWordNet>();
  return empty;
}

}  // namespace idi::link
