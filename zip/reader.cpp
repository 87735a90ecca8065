#include "zip/reader.hpp"

#include "zip/archive.hpp"
#include "zip/file_name.hpp"
#include "zip/utf8_scope.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <limits>

namespace polar_flow::zip {

namespace {

/// Bytes that are read from the disk, and unpacked, in one step: several of them are in the
/// processor's cache at once.
constexpr std::size_t block_bytes = std::size_t{64} * 1024;

constexpr auto unlimited = std::numeric_limits<std::uint64_t>::max();

/// The zip on the disk, and what was read of it.
struct source {
  owned<std::FILE, std::fclose> file;
  /// Since the search for the current file began.
  std::uint64_t bytes_read = 0;
  std::uint64_t bytes_allowed = unlimited;
  std::array<char, block_bytes> block;
};

la_ssize_t read_block(::archive* handle, void* data, const void** block) {
  auto& zip = *static_cast<source*>(data);
  if (zip.bytes_read >= zip.bytes_allowed) {
    ::archive_set_error(handle, EFBIG, "its directory is too large");
    return ARCHIVE_FATAL;
  }
  const auto count = std::fread(zip.block.data(), 1, zip.block.size(), zip.file.get());
  if (count == 0 && std::ferror(zip.file.get()) != 0) {
    ::archive_set_error(handle, EIO, "the disk cannot be read");
    return ARCHIVE_FATAL;
  }
  zip.bytes_read += count;
  *block = zip.block.data();
  return static_cast<la_ssize_t>(count);
}

la_int64_t seek_to(::archive*, void* data, la_int64_t offset, int whence) {
  auto& zip = *static_cast<source*>(data);
  if (::fseeko(zip.file.get(), offset, whence) != 0)
    return ARCHIVE_FATAL;
  return ::ftello(zip.file.get());
}

std::string in_bytes(std::uint64_t count) {
  return std::to_string(count).append(" bytes");
}

} // namespace

struct reader::state {
  limits bounds;
  source zip;
  owned<::archive, ::archive_read_free> handle{::archive_read_new()};
  /// Owned by `handle`; nullptr when there is no file to read.
  ::archive_entry* current = nullptr;
  std::size_t entries = 0;
  std::uint64_t entry_bytes = 0;
  std::uint64_t total_bytes = 0;
  /// Ends the whole zip.
  std::optional<error> failure;
  bool is_at_end = false;

  std::unexpected<error> give_up(error reason) {
    current = nullptr;
    failure = std::move(reason);
    return std::unexpected{*failure};
  }

  std::unexpected<error> refuse_file(std::string reason) {
    current = nullptr;
    return fail(errc::invalid_argument, std::move(reason));
  }

  std::unexpected<error> unreadable_zip() {
    if (::archive_format(handle.get()) == 0)
      return give_up({errc::invalid_argument, "the file is not a zip file, or its end is missing"});
    return give_up(archive_failure("the zip file cannot be read", handle.get()).error());
  }

  entry describe() const {
    const char* raw = ::archive_entry_pathname(current);
    const std::string name{raw == nullptr ? "" : raw};
    entry described;
    if (const auto objection = objection_to_name(name, bounds.name_bytes_max); !objection.empty())
      described.objection.append("its name ").append(objection);
    if (described.is_acceptable() && ::archive_entry_filetype(current) != AE_IFREG)
      described.objection = "it is a link or a device";
    described.name = described.is_acceptable() ? name : printable_name(name, bounds.name_bytes_max);
    return described;
  }

  /// Counts what was unpacked against the limits.
  result<void> account_for(std::size_t bytes) {
    entry_bytes += bytes;
    total_bytes += bytes;
    if (total_bytes > bounds.total_bytes_max)
      return give_up({errc::invalid_argument, "the files of the zip are together larger than "
                                                  + in_bytes(bounds.total_bytes_max)});
    if (entry_bytes > bounds.entry_bytes_max)
      return refuse_file("the file is larger than " + in_bytes(bounds.entry_bytes_max));
    // A block more, because the beginning of the file may have been read before it was its turn.
    if (entry_bytes / bounds.ratio_max > zip.bytes_read + block_bytes)
      return refuse_file("the file is packed more tightly than health data can be");
    return {};
  }
};

reader::reader(std::unique_ptr<state> opened) : state_{std::move(opened)} {
  // nop
}

reader::~reader() = default;
reader::reader(reader&&) noexcept = default;
reader& reader::operator=(reader&&) noexcept = default;

result<reader> reader::open(const std::filesystem::path& file, limits bounds) {
  auto opened = std::make_unique<state>();
  opened->bounds = bounds;
  opened->zip.file.reset(std::fopen(file.c_str(), "rbe"));
  if (opened->zip.file == nullptr)
    return fail(errc::invalid_argument, "the zip file cannot be opened");
  auto* const handle = opened->handle.get();
  // The reader that looks for a directory at the end, and not the one that takes what comes.
  ::archive_read_support_format_zip_seekable(handle);
  ::archive_read_set_callback_data(handle, &opened->zip);
  ::archive_read_set_read_callback(handle, read_block);
  ::archive_read_set_seek_callback(handle, seek_to);
  if (::archive_read_open1(handle) != ARCHIVE_OK)
    return std::unexpected{opened->unreadable_zip().error()};
  return reader{std::move(opened)};
}

result<std::optional<entry>> reader::next() {
  const utf8_scope scope;
  while (!state_->failure) {
    if (state_->is_at_end)
      return std::nullopt;
    state_->zip.bytes_read = 0;
    state_->zip.bytes_allowed = state_->bounds.directory_bytes_max;
    state_->entry_bytes = 0;
    const auto status = ::archive_read_next_header(state_->handle.get(), &state_->current);
    state_->zip.bytes_allowed = unlimited;
    if (status == ARCHIVE_EOF) {
      state_->current = nullptr;
      state_->is_at_end = true;
      return std::nullopt;
    }
    // A warning is about a name, and names are judged below.
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
      return state_->unreadable_zip();
    if (++state_->entries > state_->bounds.entries_max)
      return state_->give_up(
          {errc::invalid_argument,
           "the zip has more than " + std::to_string(state_->bounds.entries_max) + " files"});
    if (::archive_entry_filetype(state_->current) == AE_IFDIR)
      continue;
    auto described = state_->describe();
    if (!described.is_acceptable())
      state_->current = nullptr;
    return described;
  }
  return std::unexpected{*state_->failure};
}

result<std::string> reader::read(std::size_t bytes_max) {
  std::string content;
  while (true) {
    const auto piece = read_some(block_bytes);
    if (!piece || piece->empty())
      return piece ? result<std::string>{std::move(content)} : piece;
    if (piece->size() > bytes_max - content.size())
      return state_->refuse_file("the file is larger than " + in_bytes(bytes_max));
    content += *piece;
  }
}

result<std::string> reader::read_some(std::size_t bytes_max) {
  if (state_->failure)
    return std::unexpected{*state_->failure};
  if (state_->current == nullptr)
    return fail(errc::invalid_argument, "there is no file of the zip to read");
  if (::archive_entry_is_encrypted(state_->current) != 0)
    return state_->refuse_file("the file is encrypted");
  std::string piece(std::min(bytes_max, block_bytes), '\0');
  const auto count = ::archive_read_data(state_->handle.get(), piece.data(), piece.size());
  if (count < 0)
    return state_->refuse_file(
        archive_failure("the file cannot be unpacked", state_->handle.get()).error().message);
  piece.resize(static_cast<std::size_t>(count));
  if (const auto accounted = state_->account_for(piece.size()); !accounted)
    return std::unexpected{accounted.error()};
  return piece;
}

} // namespace polar_flow::zip
