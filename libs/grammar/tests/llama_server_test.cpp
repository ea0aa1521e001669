// The real llama-server reads every grammar as we do: it takes them, and what it writes under them
// is what we recognise.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "gbnf_machine.hpp"
#include "idi/llama_runtime/llama_server.hpp"
#include "idi/llama_runtime/testing/tiny_model.hpp"
#include "idi/llm/language_model.hpp"
#include "scoped_schema.hpp"
#include "shop.hpp"

namespace idi::grammar::testing {
namespace {

class InLlamaServer : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto runtime = llama_runtime::find_runtime(llama_runtime::default_prefix());
    ASSERT_TRUE(runtime.has_value()) << runtime.error().message;
    ASSERT_TRUE(runtime->has_value()) << "there is no llama-server here";
    std::string name = (std::filesystem::temp_directory_path() / "grammar-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    llama_runtime::ServerOptions options;
    options.model = folder_ / "tiny.gguf";
    options.log = folder_ / "log";
    options.context_tokens = 512;
    options.slots = 1;
    options.threads = 1;
    ASSERT_TRUE(llama_runtime::testing::write_tiny_model(options.model).has_value());
    auto server = llama_runtime::LlamaServer::start(**runtime, options);
    ASSERT_TRUE(server.has_value()) << server.error().message;
    server_ = *server;
    const auto deadline = Deadline::after(std::chrono::minutes(2));
    ASSERT_TRUE(server_->wait_ready(deadline, {}).has_value());
    auto model = llm::open_language_model({server_->url(), server_->api_key(), {}}, deadline, {});
    ASSERT_TRUE(model.has_value()) << model.error().message;
    model_ = *model;
  }
  void TearDown() override {
    model_.reset();
    server_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  void write_under(const Schema& schema, const Scope& scope, Dialect dialect) {
    const auto grammar = sql_grammar(schema, scope, dialect);
    ASSERT_TRUE(grammar.has_value()) << grammar.error().message;
    const auto machine = GbnfMachine::parse(*grammar);
    ASSERT_TRUE(machine.has_value()) << machine.error().message;
    llm::CompletionRequest request;
    request.prompt = std::string("select");
    request.grammar = *grammar;
    request.temperature = 1;
    request.log_probabilities = false;
    request.max_tokens = 120;
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
      request.seed = seed;
      const auto done = model_->complete(request);
      ASSERT_TRUE(done.has_value()) << done.error().message << "\n" << done.error().detail;
      const llm::Completion& written = done->candidates.front();
      const auto recognition = machine->recognise(written.text);
      EXPECT_EQ(recognition.accepted_bytes, written.text.size()) << written.text;
      if (written.complete) {
        EXPECT_TRUE(recognition.accepted) << written.text;
      }
      EXPECT_GT(written.text.size(), 12U);
    }
  }

  std::filesystem::path folder_;
  std::shared_ptr<llama_runtime::LlamaServer> server_;
  std::shared_ptr<llm::LanguageModel> model_;
};

TEST_F(InLlamaServer, WritesWhatWeRecognise) {
  for (const Dialect dialect : {Dialect::sqlite, Dialect::postgres, Dialect::mysql}) {
    for (const Schema& plain : {sql::testing::shop_schema(), hostile_schema()}) {
      const Schema schema = typed_for(plain, dialect);
      write_under(schema, random_scope(schema, 7, true), dialect);
      write_under(schema, whole_scope(schema), dialect);
    }
  }
}

}  // namespace
}  // namespace idi::grammar::testing
