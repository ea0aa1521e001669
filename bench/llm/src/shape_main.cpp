// Writes a GGUF file of a model's shape with random numbers. See README.md.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "idi/llama_runtime/runtime.hpp"
#include "model_shape.hpp"

namespace idi::bench {
namespace {

namespace fs = std::filesystem;

struct Options {
  fs::path out;
  std::string shape = "1.5b";
  std::string type = "f16";
  std::string quantize;
  std::vector<fs::path> texts;
};

Result<std::string> text_of(const std::vector<fs::path>& files) {
  std::string text;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return make_error(ErrorCode::not_found, fmt::format("cannot read {}", file.string()));
    text.append(std::istreambuf_iterator<char>(in), {});
    text += '\n';
  }
  return text;
}

Status check_space(const Options& options, std::uint64_t bytes) {
  std::error_code failure;
  const fs::path folder = fs::absolute(options.out, failure).parent_path();
  const auto space = fs::space(folder, failure);
  if (failure) {
    return make_error(ErrorCode::io_failed, fmt::format("cannot write in {}", folder.string()), "",
                      failure.message());
  }
  if (space.available > bytes) return {};
  return make_error(ErrorCode::io_failed,
                    fmt::format("{} needs {} MB and {} MB are free", options.out.string(),
                                bytes / 1'000'000, space.available / 1'000'000));
}

/// With llama.cpp's own program.
Status quantize(const fs::path& from, const fs::path& to, const std::string& type) {
  IDI_TRY(const auto runtime, llama_runtime::find_runtime(llama_runtime::default_prefix()));
  if (!runtime || runtime->quantize.empty()) {
    return make_error(ErrorCode::unavailable, "there is no llama-quantize here",
                      "idi runtime install fetches one.");
  }
  std::vector<std::string> words = runtime->quantize;
  words.insert(words.end(), {from.string(), to.string(), type});
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0) {
    return make_error(ErrorCode::io_failed,
                      fmt::format("llama-quantize failed on {}", from.string()));
  }
  return {};
}

Status write(const Options& options) {
  const ModelShape shape = options.shape == "small" ? small_shape() : qwen_coder_1_5b();
  const auto type = options.type == "q8_0" ? gguf::TensorType::q8_0 : gguf::TensorType::f16;
  // Of the quantized file half as much at most.
  const std::uint64_t bytes = bytes_of(shape, type);
  IDI_CHECK(check_space(options, options.quantize.empty() ? bytes : bytes + bytes / 2));
  IDI_TRY(const std::string text, text_of(options.texts));
  if (options.quantize.empty()) return write_model(shape, type, text, options.out);
  const fs::path whole = options.out.string() + ".whole";
  const fs::path half_done = options.out.string() + ".unfinished";
  Status status = write_model(shape, type, text, whole);
  if (status) status = quantize(whole, half_done, options.quantize);
  std::error_code failure;
  fs::remove(whole, failure);
  if (status) fs::rename(half_done, options.out, failure);
  if (status && failure) {
    return make_error(ErrorCode::io_failed, fmt::format("cannot write {}", options.out.string()),
                      "", failure.message());
  }
  if (!status) fs::remove(half_done, failure);
  return status;
}

}  // namespace
}  // namespace idi::bench

int main(int argc, char** argv) {
  idi::bench::Options options;
  CLI::App app{"Writes a GGUF file of a model's shape with random numbers."};
  app.add_option("out", options.out, "The file to write")->required();
  app.add_option("--shape", options.shape, "1.5b (Qwen2.5-Coder-1.5B) or small")
      ->check(CLI::IsMember({"1.5b", "small"}))
      ->capture_default_str();
  app.add_option("--type", options.type, "f16 or q8_0")
      ->check(CLI::IsMember({"f16", "q8_0"}))
      ->capture_default_str();
  app.add_option("--quantize", options.quantize, "To this type, with llama-quantize: Q4_K_M");
  app.add_option("--text", options.texts, "What the vocabulary is learnt from; several times");
  CLI11_PARSE(app, argc, argv);
  const auto written = idi::bench::write(options);
  if (written) return 0;
  std::fputs((written.error().to_text() + "\n").c_str(), stderr);
  return 1;
}
