import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy


class ResetGuardConan(ConanFile):
    """Packages the checkout that this recipe lies in."""

    name = "reset_guard"
    version = "0.2.0"
    description = "Re-entrant device resets that cannot lose an error"
    license = "BSL-1.0"
    topics = ("driver", "firmware", "raii", "error-handling", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"  # for validate() only
    no_copy_source = True

    def export_sources(self):
        project = os.path.join(self.recipe_folder, "..", "..")
        copy(self, "LICENSE", src=project, dst=self.export_sources_folder)
        copy(self, "include/*.hpp", src=project, dst=self.export_sources_folder)

    def validate(self):
        if self.settings.get_safe("compiler.cppstd"):
            check_min_cppstd(self, 17)

    def package(self):
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))
        copy(self, "include/*.hpp", src=self.source_folder, dst=self.package_folder)

    def package_id(self):
        self.info.clear()  # one package for every compiler and architecture

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
