// Goal: what the writer makes is a zip that others read, and it can be sent while it grows. Method:
// what was written is read back; that others can read it was tried by hand with unzip and Python.
#define BOOST_TEST_DYN_LINK
#include "tests/zip/zip_files.hpp"
#include "zip/writer.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

/// Bytes that deflate cannot make shorter, the same in every run.
std::string noise(std::size_t count) {
  std::mt19937 random{1};
  std::string bytes(count, '\0');
  for (auto& byte : bytes)
    byte = static_cast<char>(random());
  return bytes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(zip_writer)

BOOST_AUTO_TEST_CASE(what_was_written_is_read_back) {
  const packed_files files{{"a.json", "{}"},
                           {"empty.json", ""},
                           {"folder/grüße.txt", std::string(100'000, 'x')},
                           {"noise", noise(300'000)}};
  const auto bytes = make_zip(files);
  const auto story = read_zip(bytes);
  BOOST_TEST(!story.failure);
  BOOST_TEST(story.refused.empty());
  BOOST_TEST((story.contents == std::map<std::string, std::string>{files.begin(), files.end()}));
  // The noise as it is, all else in next to nothing: it was deflated.
  BOOST_TEST(bytes.size() < 302'000u);
}

BOOST_AUTO_TEST_CASE(a_zip_without_files_is_an_empty_directory) {
  BOOST_TEST(make_zip({}) == "PK\x05\x06" + std::string(18, '\0'));
}

BOOST_AUTO_TEST_CASE(bytes_can_be_taken_as_they_come) {
  const auto content = noise(1'000'000);
  zip::writer out;
  out.begin_file("noise", instant{}).value();
  std::string bytes;
  std::size_t most = 0;
  for (std::size_t at = 0; at < content.size(); at += 1000) {
    out.append(std::string_view{content}.substr(at, 1000)).value();
    const auto ready = out.take();
    most = std::max(most, ready.size());
    bytes += ready;
  }
  out.end_file().value();
  out.finish().value();
  bytes += out.take();
  BOOST_TEST(out.take().empty());
  BOOST_TEST(read_zip(bytes).contents.at("noise") == content);
  // Nothing piles up: a piece has what deflate held back, some blocks of its own at most.
  BOOST_TEST(most < 200'000u);
}

BOOST_AUTO_TEST_CASE(more_files_than_the_first_zips_could_count) {
  constexpr std::size_t count = 66'000;
  packed_files files;
  for (std::size_t i = 0; i < count; ++i)
    files.emplace_back(std::to_string(i), std::to_string(i * i));
  const auto story = read_zip(make_zip(files));
  BOOST_TEST(!story.failure);
  BOOST_TEST(story.contents.size() == count);
  BOOST_TEST(story.contents.at("65999") == "4355868001");
}

BOOST_AUTO_TEST_CASE(names_that_the_reader_refuses_are_not_written) {
  for (const auto* name : {"", "../a", "/a", "a\\b", "a\xff", "a\nb"}) {
    zip::writer out;
    const auto begun = out.begin_file(name, instant{});
    BOOST_REQUIRE(!begun);
    BOOST_TEST((begun.error().code == errc::invalid_argument));
  }
}

BOOST_AUTO_TEST_CASE(files_are_begun_and_ended_one_by_one) {
  zip::writer out;
  BOOST_TEST(!out.append("x").has_value());
  BOOST_TEST(!out.end_file().has_value());
  out.begin_file("a", instant{}).value();
  BOOST_TEST(!out.begin_file("b", instant{}).has_value());
  BOOST_TEST(!out.finish().has_value());
  out.end_file().value();
  out.finish().value();
  BOOST_TEST(!out.begin_file("b", instant{}).has_value());
  // A call out of turn spoils nothing.
  BOOST_TEST(read_zip(out.take()).contents.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
