// Goal: no zip, however hostile or damaged, does more harm than a sentence that says so. Method:
// well-formed zips are made by our writer and damaged byte by byte.
#define BOOST_TEST_DYN_LINK
#include "tests/zip/zip_files.hpp"
#include "zip/reader.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::testing;
using namespace std::string_literals;

namespace {

const std::string local_header = "PK\x03\x04";
const std::string directory_line = "PK\x01\x02";

/// Changes the byte at `offset` behind the first `signature`.
void change(std::string& bytes, const std::string& signature, std::size_t offset, char with) {
  const auto at = bytes.find(signature);
  BOOST_REQUIRE(at != std::string::npos);
  bytes.at(at + offset) = with;
}

const packed_files two_files{{"aa/first.json", "first content"}, {"second.json", "second content"}};

/// The first of `two_files` under a name of the same length.
zip_story read_with_name(const std::string& name) {
  BOOST_REQUIRE(name.size() == two_files[0].first.size());
  return read_zip(replaced(make_zip(two_files), two_files[0].first, name));
}

} // namespace

BOOST_AUTO_TEST_SUITE(zip_reader)

BOOST_AUTO_TEST_CASE(what_is_no_zip_is_said_so) {
  for (const auto& bytes : {""s, "PK"s, "{\"a\":1}"s, std::string(100'000, '\0'),
                            "\x1f\x8b\x08 a gzip"s, "7z\xbc\xaf\x27\x1c"s}) {
    const auto story = read_zip(bytes);
    BOOST_REQUIRE(story.failure);
    BOOST_TEST((story.failure->code == errc::invalid_argument));
    BOOST_TEST(story.failure->message == "the file is not a zip file, or its end is missing");
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there) {
  const auto opened = zip::reader::open("/nonexistent/a.zip");
  BOOST_REQUIRE(!opened);
  BOOST_TEST(opened.error().message == "the zip file cannot be opened");
}

BOOST_AUTO_TEST_CASE(names_that_climb_are_refused_and_the_rest_is_read) {
  for (const auto* name :
       {"../first.json", "/a/first.json", "a/../rst.json", "C:/first.json", "a\nfirst1.json",
        "aa/first\xff"
        "json"}) {
    const auto story = read_with_name(name);
    BOOST_TEST(!story.failure);
    BOOST_TEST(story.refused.size() == 1u);
    BOOST_TEST(story.contents.size() == 1u);
    BOOST_TEST(story.contents.contains("second.json"));
  }
  BOOST_TEST(read_with_name("../first.json").refused.at("../first.json")
             == "its name leads out of its folder");
}

BOOST_AUTO_TEST_CASE(a_backslash_is_no_way_out) {
  for (const auto* name : {"..\\first.json", "a\\..\\..\\.json", "\\a\\first.json"}) {
    const auto story = read_with_name(name);
    BOOST_TEST(story.refused.size() == 1u, name);
    BOOST_TEST(story.contents.size() == 1u, name);
  }
}

BOOST_AUTO_TEST_CASE(a_name_ends_at_its_nul) {
  const auto story = read_with_name("aa/first\0json"s);
  BOOST_TEST(!story.failure);
  BOOST_TEST(story.contents.contains("aa/first"));
}

BOOST_AUTO_TEST_CASE(a_long_name_is_refused) {
  zip::limits bounds;
  bounds.name_bytes_max = 11;
  const auto story = read_zip(make_zip(two_files), bounds);
  BOOST_TEST(story.refused.at("aa/first.js") == "its name is too long");
  BOOST_TEST(story.contents.contains("second.json"));
}

BOOST_AUTO_TEST_CASE(folders_are_passed_over) {
  const auto story = read_zip(make_zip({{"folder1", ""}, {"second.json", "2"}}));
  BOOST_TEST(story.contents.size() == 2u);
  const auto with_folder =
      read_zip(replaced(make_zip({{"folder1", ""}, {"second.json", "2"}}), "folder1", "folder/"));
  BOOST_TEST(!with_folder.failure);
  BOOST_TEST(with_folder.refused.empty());
  BOOST_TEST(with_folder.contents.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_link_is_refused) {
  auto bytes = make_zip(two_files);
  // The Unix mode of a symbolic link, in the upper half of the external attributes.
  change(bytes, directory_line, 41, static_cast<char>(0xa1));
  const auto story = read_zip(bytes);
  BOOST_TEST(story.refused.at("aa/first.json") == "it is a link or a device");
  BOOST_TEST(story.contents.contains("second.json"));
}

BOOST_AUTO_TEST_CASE(a_wrong_checksum_is_noticed) {
  auto bytes = make_zip(two_files);
  change(bytes, directory_line, 16, '\x01');
  const auto story = read_zip(bytes);
  BOOST_TEST(!story.failure);
  BOOST_TEST(story.refused.at("aa/first.json").starts_with("the file cannot be unpacked: "));
  BOOST_TEST(story.contents.at("second.json") == "second content");
}

BOOST_AUTO_TEST_CASE(an_encrypted_file_is_said_to_be_so) {
  auto bytes = make_zip(two_files);
  change(bytes, local_header, 6, '\x09');
  change(bytes, directory_line, 8, '\x09');
  const auto story = read_zip(bytes);
  BOOST_TEST(!story.failure);
  BOOST_TEST(story.refused.at("aa/first.json") == "the file is encrypted");
  BOOST_TEST(story.contents.at("second.json") == "second content");
}

BOOST_AUTO_TEST_CASE(an_unknown_method_spoils_one_file) {
  auto bytes = make_zip(two_files);
  change(bytes, local_header, 8, '\x63');
  change(bytes, directory_line, 10, '\x63');
  const auto story = read_zip(bytes);
  BOOST_TEST(!story.failure);
  BOOST_TEST(story.refused.contains("aa/first.json"));
  BOOST_TEST(story.contents.at("second.json") == "second content");
}

BOOST_AUTO_TEST_CASE(a_zip_within_is_a_file) {
  const auto inner = make_zip(two_files);
  const auto story = read_zip(make_zip({{"inner.zip", inner}}));
  BOOST_TEST(story.contents.size() == 1u);
  BOOST_TEST(story.contents.at("inner.zip") == inner);
}

BOOST_AUTO_TEST_CASE(a_bomb_is_found_by_its_ratio) {
  // 200 MB of one letter in 200 kB.
  const auto bytes = make_zip({{"bomb", std::string(200'000'000, 'a')}, {"second.json", "2"}});
  BOOST_TEST(bytes.size() < 300'000u);
  const auto story = read_zip(bytes);
  BOOST_TEST(!story.failure);
  BOOST_TEST(story.refused.at("bomb") == "the file is packed more tightly than health data can be");
  BOOST_TEST(story.contents.at("second.json") == "2");
}

BOOST_AUTO_TEST_CASE(a_file_has_a_limit) {
  zip::limits bounds;
  bounds.entry_bytes_max = 1000;
  const packed_files files{{"large", std::string(1001, 'a')}, {"right", std::string(1000, 'b')}};
  auto story = read_zip(make_zip(files), bounds);
  BOOST_TEST(story.refused.at("large") == "the file is larger than 1000 bytes");
  BOOST_TEST(story.contents.contains("right"));
  // The same when the one who reads sets it.
  story = read_zip(make_zip(files), {}, 1000);
  BOOST_TEST(story.refused.at("large") == "the file is larger than 1000 bytes");
  BOOST_TEST(story.contents.contains("right"));
}

BOOST_AUTO_TEST_CASE(all_files_together_have_a_limit) {
  zip::limits bounds;
  bounds.total_bytes_max = 2000;
  const auto story = read_zip(
      make_zip({{"a", std::string(1500, 'a')}, {"b", std::string(1500, 'b')}, {"c", "c"}}), bounds);
  BOOST_REQUIRE(story.failure);
  BOOST_TEST(story.failure->message == "the files of the zip are together larger than 2000 bytes");
  BOOST_TEST(story.contents.size() == 1u);
}

BOOST_AUTO_TEST_CASE(files_are_counted) {
  zip::limits bounds;
  bounds.entries_max = 1;
  const auto story = read_zip(make_zip(two_files), bounds);
  BOOST_REQUIRE(story.failure);
  BOOST_TEST(story.failure->message == "the zip has more than 1 files");
  BOOST_TEST(story.contents.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_directory_has_a_limit) {
  packed_files files;
  for (int i = 0; i < 3000; ++i)
    files.emplace_back(std::to_string(i), "");
  zip::limits bounds;
  bounds.directory_bytes_max = 100'000;
  const auto story = read_zip(make_zip(files), bounds);
  BOOST_REQUIRE(story.failure);
  BOOST_TEST(story.failure->message == "the zip file cannot be read: its directory is too large");
  BOOST_TEST(story.contents.empty());
}

BOOST_AUTO_TEST_CASE(files_need_not_be_read) {
  // More than the directory may have lies between the two, and is passed over.
  std::string large;
  for (std::uint32_t i = 0; large.size() < 5'000'000; ++i)
    large += std::to_string(i * 2654435761U);
  const file_on_disk file{make_zip({{"large", large}, {"second.json", "2"}})};
  zip::limits bounds;
  bounds.directory_bytes_max = 300'000;
  auto opened = zip::reader::open(file.path(), bounds).value();
  BOOST_TEST(opened.next().value()->name == "large");
  BOOST_TEST(opened.next().value()->name == "second.json");
  BOOST_TEST(opened.read(10).value() == "2");
  BOOST_TEST(!opened.next().value());
  BOOST_TEST(!opened.next().value());
  BOOST_TEST(!opened.read(10).has_value());
}

BOOST_AUTO_TEST_CASE(a_file_can_be_read_in_pieces) {
  const file_on_disk file{make_zip(two_files)};
  auto opened = zip::reader::open(file.path()).value();
  BOOST_TEST(!opened.read_some(5).has_value());
  opened.next().value();
  BOOST_TEST(opened.read_some(5).value() == "first");
  BOOST_TEST(opened.read_some(100).value() == " content");
  BOOST_TEST(opened.read_some(100).value() == "");
  BOOST_TEST(opened.read_some(100).value() == "");
}

BOOST_AUTO_TEST_CASE(a_zip_that_is_cut_anywhere_is_refused) {
  const auto whole = make_zip(two_files);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto story = read_zip(whole.substr(0, length));
    BOOST_TEST(story.failure.has_value(), "cut after " << length << " bytes");
    BOOST_TEST(story.contents.empty());
  }
}

BOOST_AUTO_TEST_CASE(any_changed_byte_gives_the_old_content_or_an_error) {
  const auto whole = make_zip(two_files);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x55);
    const auto story = read_zip(bytes);
    for (const auto& [name, content] : story.contents)
      BOOST_TEST((content == two_files[0].second || content == two_files[1].second),
                 "changed byte " << at);
  }
}

BOOST_AUTO_TEST_SUITE_END()
