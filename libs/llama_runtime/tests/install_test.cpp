// The installation, with a stand-in for apt-get and packages built here: no network. The real one
// is what the other tests get their server from (ensure_runtime.cpp).
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "child.hpp"
#include "idi/llama_runtime/runtime.hpp"
#include "idi/llama_runtime/testing/scratch_folder.hpp"
#include "pins.hpp"
#include "run_program.hpp"

namespace idi::llama_runtime {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

void write(const fs::path& path, const std::string& text, bool program = false) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
  if (program) fs::permissions(path, fs::perms::owner_all);
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class Install : public ::testing::Test {
 protected:
  Install() : path_(std::getenv("PATH")) {
    ::setenv("PATH", (fs::absolute("tests/fakes/apt").string() + ":" + path_).c_str(), 1);
    ::setenv("FAKE_DEBS", debs_.c_str(), 1);
    fs::create_directories(debs_);
    behave("as-asked");
    ::unsetenv("IDI_LLAMA_SERVER");
  }
  ~Install() override { ::setenv("PATH", path_.c_str(), 1); }

  void SetUp() override {
    const auto tool = run_program({{"dpkg-deb", "--version"}, {}, {}, {}}, Deadline::never(), {});
    if (!tool) GTEST_SKIP() << "this system has no dpkg-deb to build packages with";
  }

  static void behave(const char* how) { ::setenv("FAKE_APT", how, 1); }

  /// A package whose loader is a script that says the version.
  void build_package(const std::string& file_name,
                     const std::string& says = "version: 9.9 (fake)") {
    const fs::path tree = folder_.path() / "tree";
    fs::remove_all(tree);
    write(tree / "DEBIAN/control",
          "Package: llama.cpp-tools\nVersion: 1\nArchitecture: all\nMaintainer: a <a@b>\n"
          "Description: fake\n");
    write(tree / "usr/bin/llama-server", "the server");
    write(tree / "usr/bin/llama-quantize", "quantize");
    write(tree / "usr/bin/wget", "not wanted");
    write(tree / "usr/lib/t/ld-linux-fake.so.2", "#!/bin/sh\necho '" + says + "'\n", true);
    write(tree / "usr/lib/t/libc.so.6", "a library");
    write(tree / "usr/lib/t/gconv/OLD.so", "not wanted");
    write(tree / "usr/lib/t/ggml/backends0/libggml-cpu-x64.so", "kernels");
    write(tree / "usr/share/doc/llama.cpp-tools/copyright", "MIT");
    write(tree / "usr/share/man/man1/llama-server.1", "not wanted");
    write(tree / "etc/some.conf", "not wanted");
    const auto built = run_program(
        {{"dpkg-deb", "--root-owner-group", "--build", tree.string(), (debs_ / file_name).string()},
         {},
         {},
         {}},
        Deadline::never(), {});
    ASSERT_TRUE(built && built->good()) << built->output;
  }

  Result<Runtime> install(const InstallOptions& options = {}, std::stop_token stop = {}) {
    return install_runtime(prefix_, {}, std::move(stop), options);
  }
  Error failure(const InstallOptions& options = {}) {
    const auto installed = install(options);
    EXPECT_FALSE(installed);
    // Nothing is left but the lock.
    EXPECT_FALSE(fs::exists(prefix_.string() + ".new"));
    return installed ? Error{} : installed.error();
  }

  testing::ScratchFolder folder_;
  const fs::path prefix_ = folder_.path() / "home/runtime";
  const fs::path debs_ = folder_.path() / "debs";
  const std::string path_;
};

TEST_F(Install, UnpacksWhatRunsAndNothingElse) {
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  const auto runtime = install();
  ASSERT_TRUE(runtime) << runtime.error().to_text();
  EXPECT_EQ(runtime->version, "9.9 (fake)");
  EXPECT_EQ(runtime->server.back(), (prefix_ / "files/usr/bin/llama-server").string());
  EXPECT_EQ(runtime->quantize.back(), (prefix_ / "files/usr/bin/llama-quantize").string());
  EXPECT_TRUE(fs::exists(prefix_ / "files/usr/share/doc/llama.cpp-tools/copyright"));
  for (const char* path : {"usr/bin/wget", "usr/lib/t/gconv", "usr/share/man", "etc"}) {
    EXPECT_FALSE(fs::exists(prefix_ / "files" / path)) << path;
  }
  // Beside the loader, where ggml looks.
  EXPECT_EQ(text_of(prefix_ / "files/usr/lib/t/libggml-cpu-x64.so"), "kernels");
  EXPECT_EQ(*ask_version(*runtime, {}), "9.9 (fake)");
}

TEST_F(Install, SaysWhatItInstalled) {
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  ASSERT_TRUE(install());
  const auto installation = read_installation(prefix_);
  ASSERT_TRUE(installation && *installation);
  EXPECT_FALSE((*installation)->pinned);
  ASSERT_EQ((*installation)->packages.size(), 1U);
  EXPECT_EQ((*installation)->packages[0].name, "llama.cpp-tools");
  EXPECT_EQ((*installation)->packages[0].version, "1:9.9");
  EXPECT_EQ((*installation)->packages[0].sha256.size(), 64U);
  EXPECT_TRUE(verify_installation(prefix_, {}));
}

TEST_F(Install, WhatWasChangedIsSeenAndPutInOrder) {
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  ASSERT_TRUE(install());
  std::ofstream(prefix_ / "files/usr/lib/t/libc.so.6") << "something else";
  const auto verified = verify_installation(prefix_, {});
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().code, ErrorCode::unreadable);
  EXPECT_THAT(verified.error().detail, HasSubstr("libc.so.6"));
  ASSERT_TRUE(install());
  EXPECT_TRUE(verify_installation(prefix_, {}));
  fs::remove(prefix_ / "files/usr/bin/llama-server");
  EXPECT_FALSE(verify_installation(prefix_, {}));
}

TEST_F(Install, WhatIsWholeIsKeptUnlessAsked) {
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  ASSERT_TRUE(install());
  build_package("llama.cpp-tools_1%3a9.9_all.deb", "version: 10.0 (fake)");
  EXPECT_EQ(install()->version, "9.9 (fake)");
  EXPECT_EQ(install({true, ""})->version, "10.0 (fake)");
}

TEST_F(Install, WhatAnOlderIdiHadPinnedIsReplaced) {
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  ASSERT_TRUE(install());
  // As it would be with another pin.
  const std::string manifest = text_of(prefix_ / "manifest");
  std::string pinned = manifest;
  pinned.replace(pinned.find("pinned no"), 9, "pinned yes");
  std::ofstream(prefix_ / "manifest") << pinned;
  ASSERT_TRUE(install());
  EXPECT_EQ(text_of(prefix_ / "manifest"), manifest);
}

TEST_F(Install, ANewerArchiveIsTakenAndSaid) {
  behave("moved-on");
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  ASSERT_TRUE(install());
  EXPECT_FALSE((**read_installation(prefix_)).pinned);
}

TEST_F(Install, AKnownVersionWithOtherContentsIsNeverRun) {
  for (const auto& pin : pinned_packages("amd64")) {
    std::string name = pin;
    name.replace(name.find('='), 1, "_");
    if (const auto colon = name.find(':'); colon != std::string::npos)
      name.replace(colon, 1, "%3a");
    build_package(name + "_amd64.deb");
  }
  const auto asked =
      run_program({{"dpkg", "--print-architecture"}, {}, {}, {}}, Deadline::never(), {});
  if (asked->output != "amd64\n") GTEST_SKIP() << "the packages are made for amd64";
  EXPECT_EQ(failure().code, ErrorCode::unreadable);
  EXPECT_FALSE(fs::exists(prefix_));
}

TEST_F(Install, AFailureLeavesWhatWasThere) {
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  ASSERT_TRUE(install());
  behave("no-network");
  EXPECT_EQ(failure({true, ""}).code, ErrorCode::unavailable);
  EXPECT_TRUE(verify_installation(prefix_, {}));
}

TEST_F(Install, NoNetworkIsSaidInAptsWords) {
  behave("no-network");
  const Error error = failure();
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_THAT(error.detail, HasSubstr("E: Failed to fetch http://deb.example.org"));
  EXPECT_THAT(error.hint, HasSubstr("network"));
}

TEST_F(Install, AMirrorThatCannotBeTrustedIsNotUsed) {
  behave("no-key");
  const Error error = failure({false, "http://deb.example.org/debian"});
  EXPECT_THAT(error.message, HasSubstr("signature"));
  EXPECT_FALSE(fs::exists(prefix_));
}

TEST_F(Install, AFullDiskIsSaid) {
  behave("full");
  EXPECT_EQ(failure().code, ErrorCode::io_failed);
}

TEST_F(Install, AnArchitectureWithoutItIsSaid) {
  behave("nothing");
  EXPECT_EQ(failure().code, ErrorCode::not_supported);
}

TEST_F(Install, PackagesThatHoldSomethingElseAreSaid) {
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  std::ofstream(debs_ / "llama.cpp-tools_1%3a9.9_all.deb", std::ios::trunc) << "no package";
  EXPECT_THAT(failure().message, HasSubstr("cannot be unpacked"));
}

TEST_F(Install, OneThatDoesNotRunIsNotInstalled) {
  build_package("llama.cpp-tools_1%3a9.9_all.deb", "x'; exit 1; '");
  EXPECT_EQ(failure().code, ErrorCode::unavailable);
  EXPECT_FALSE(fs::exists(prefix_));
}

TEST_F(Install, TheMirrorThatIsNamedIsUsed) {
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  ASSERT_TRUE(install({false, "http://snapshot.example.org/debian"}));
  EXPECT_THAT(text_of(debs_ / "sources.list"),
              HasSubstr("] http://snapshot.example.org/debian forky main"));
  EXPECT_EQ((**read_installation(prefix_)).mirror, "http://snapshot.example.org/debian");
}

TEST_F(Install, AMirrorIsAnAddressAndNothingElse) {
  for (const char* mirror : {"no address", "http://a b", "file:/etc", "http://x\ndeb http://y",
                             "http://x [trusted=yes]", "ftp://x"}) {
    EXPECT_EQ(failure({false, mirror}).code, ErrorCode::invalid_argument) << mirror;
  }
}

TEST_F(Install, CanBeStopped) {
  behave("slow");
  std::stop_source stop;
  std::thread later([&stop] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop.request_stop();
  });
  const auto installed = install({}, stop.get_token());
  later.join();
  ASSERT_FALSE(installed);
  EXPECT_EQ(installed.error().code, ErrorCode::cancelled);
  EXPECT_FALSE(fs::exists(prefix_.string() + ".new"));
}

TEST_F(Install, TwoAtOnceDoNotMeet) {
  fs::create_directories(prefix_.parent_path());
  const Descriptor held(::open((prefix_.string() + ".lock").c_str(), O_RDWR | O_CREAT, 0600));
  ASSERT_EQ(::flock(held.get(), LOCK_EX), 0);
  EXPECT_EQ(failure().code, ErrorCode::conflict);
  EXPECT_EQ(remove_runtime(prefix_).error().code, ErrorCode::conflict);
}

TEST_F(Install, WhatIsNotOursIsNeitherReplacedNorRemoved) {
  write(prefix_ / "letter.txt", "mine");
  EXPECT_EQ(failure().code, ErrorCode::unreadable);
  EXPECT_EQ(remove_runtime(prefix_).error().code, ErrorCode::unreadable);
  EXPECT_EQ(text_of(prefix_ / "letter.txt"), "mine");
}

TEST_F(Install, PlacesThatCannotBeAreSaid) {
  EXPECT_EQ(install_runtime("", {}, {}).error().code, ErrorCode::io_failed);
  EXPECT_EQ(install_runtime("/dev/null/runtime", {}, {}).error().code, ErrorCode::io_failed);
  EXPECT_EQ(install_runtime(folder_.path() / "a:b", {}, {}).error().code,
            ErrorCode::invalid_argument);
}

TEST_F(Install, IsRemovedWithoutATrace) {
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  ASSERT_TRUE(install());
  ASSERT_TRUE(remove_runtime(prefix_));
  EXPECT_TRUE(fs::is_empty(prefix_.parent_path()));
  EXPECT_TRUE(remove_runtime(prefix_));
  EXPECT_FALSE(*read_installation(prefix_));
}

TEST_F(Install, WhereTheEnvironmentNamesOneItComesFirst) {
  write(folder_.path() / "bin/llama-server", "#!/bin/sh\necho 'version: 1 (theirs)'\n", true);
  build_package("llama.cpp-tools_1%3a9.9_all.deb");
  ASSERT_TRUE(install());
  ::setenv("IDI_LLAMA_SERVER", (folder_.path() / "bin/llama-server").c_str(), 1);
  const auto named = find_runtime(prefix_);
  ::setenv("IDI_LLAMA_SERVER", (folder_.path() / "nowhere").c_str(), 1);
  const auto missing = find_runtime(prefix_);
  ::unsetenv("IDI_LLAMA_SERVER");
  ASSERT_TRUE(named && *named);
  EXPECT_EQ((*named)->origin, Runtime::Origin::environment);
  EXPECT_EQ(*ask_version(**named, {}), "1 (theirs)");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  ::setenv("PATH", ((folder_.path() / "bin").string() + ":" + path_).c_str(), 1);
  EXPECT_EQ((*find_runtime(prefix_))->origin, Runtime::Origin::path);
}

}  // namespace
}  // namespace idi::llama_runtime
