#include "idi/model_store/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "idi/core/text.hpp"

namespace idi::model_store {
namespace {

constexpr std::string_view hub = "https://huggingface.co";
constexpr std::int64_t megabyte = 1'000'000;

CatalogueEntry qwen(std::string_view size, std::string_view quantization, std::int64_t megabytes,
                    std::uint64_t layers, std::uint64_t embedding_length) {
  CatalogueEntry entry;
  const std::string small = text::to_lower_ascii(size);
  entry.profile.name = fmt::format("qwen2.5-coder-{}", small);
  entry.profile.file = fmt::format("qwen2.5-coder-{}-instruct-{}.gguf", small, quantization);
  entry.profile.source = fmt::format("{}/Qwen/Qwen2.5-Coder-{}-Instruct-GGUF/resolve/main/{}", hub,
                                     size, entry.profile.file.string());
  entry.profile.licence = "Apache-2.0";
  entry.about_bytes = megabytes * megabyte;
  entry.architecture = "qwen2";
  entry.layers = layers;
  entry.embedding_length = embedding_length;
  return entry;
}

std::vector<CatalogueEntry> make_catalogue() {
  std::vector<CatalogueEntry> all;
  all.push_back(qwen("0.5B", "q8_0", 680, 24, 896));
  all.back().parameters = "0.5 billion";
  all.back().note = "for trying out: weak at SQL";
  all.push_back(qwen("1.5B", "q4_k_m", 1'120, 28, 1536));
  all.back().parameters = "1.5 billion";
  all.back().note = "runs on any PC";
  all.back().recommended = true;
  all.push_back(qwen("3B", "q4_k_m", 2'100, 36, 2048));
  all.back().parameters = "3.1 billion";
  all.back().profile.licence = "Qwen Research License";
  all.back().note = "research licence: not for commercial use";
  all.back().must_accept = true;
  all.push_back(qwen("7B", "q4_k_m", 4'680, 28, 3584));
  all.back().parameters = "7.6 billion";
  all.back().note = "wants a graphics card or patience";
  all.back().recommended = true;

  CatalogueEntry llama;
  llama.profile.name = "llama-3.1-8b";
  llama.profile.file = "Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf";
  llama.profile.source = fmt::format("{}/bartowski/Meta-Llama-3.1-8B-Instruct-GGUF/resolve/main/{}",
                                     hub, llama.profile.file.string());
  llama.profile.licence = "Llama 3.1 Community License";
  llama.about_bytes = 4'920 * megabyte;
  llama.parameters = "8 billion";
  llama.note = "Meta's licence: free use with conditions; the file is a third party's conversion";
  llama.architecture = "llama";
  llama.layers = 32;
  llama.embedding_length = 4096;
  all.push_back(std::move(llama));
  return all;
}

bool is_web_address(std::string_view url) {
  return (url.starts_with("https://") || url.starts_with("http://")) &&
         std::none_of(url.begin(), url.end(),
                      [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; });
}

}  // namespace

const std::vector<CatalogueEntry>& catalogue() {
  static const std::vector<CatalogueEntry> all = make_catalogue();
  return all;
}

Result<CatalogueEntry> catalogue_entry(std::string_view name) {
  std::string names;
  for (const auto& entry : catalogue()) {
    if (entry.profile.name == name) return entry;
    names += (names.empty() ? "" : ", ") + entry.profile.name;
  }
  return make_error(ErrorCode::not_found,
                    fmt::format("no model is known by the name \"{}\"", name.substr(0, 100)),
                    fmt::format("Known: {}. Or give the address of a GGUF file.", names));
}

Result<CatalogueEntry> entry_for_url(std::string_view url, std::string name) {
  if (!is_web_address(url)) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("\"{}\" is no address of a file", url.substr(0, 200)),
                      "An address begins with https://.");
  }
  const std::string_view path = url.substr(0, url.find_first_of("?#"));
  std::string file(path.substr(path.rfind('/') + 1));
  if (name.empty()) {
    name = text::to_lower_ascii(file);
    if (name.ends_with(".gguf")) name.resize(name.size() - 5);
  }
  if (!is_model_name(name)) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("\"{}\" cannot be the name of a model", name.substr(0, 100)),
                      "Give one with --name: letters, digits, dots, dashes, underscores.");
  }
  CatalogueEntry entry;
  entry.profile.name = std::move(name);
  entry.profile.file = std::move(file);
  entry.profile.source = std::string(url);
  return entry;
}

Result<CatalogueEntry> at_mirror(CatalogueEntry entry, std::string_view base) {
  if (!is_web_address(base)) {
    return make_error(ErrorCode::invalid_argument,
                      fmt::format("\"{}\" is no address of a mirror", base.substr(0, 200)),
                      "A mirror is named as https://huggingface.co is.");
  }
  while (base.ends_with('/')) base.remove_suffix(1);
  if (entry.profile.source.starts_with(hub)) {
    entry.profile.source = std::string(base) + entry.profile.source.substr(hub.size());
  }
  return entry;
}

}  // namespace idi::model_store
